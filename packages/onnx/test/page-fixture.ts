/** A model, its examples and points, as JSON that a page is given. */
export interface PageFixture {
  readonly bytes: readonly number[];
  readonly inputs: PageTensor;
  readonly labels: PageTensor;
  /** `[K, P]`. */
  readonly thetas: readonly number[];
}

interface PageTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
