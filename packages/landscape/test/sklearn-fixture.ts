import {readFileSync} from 'node:fs';

interface TsneCase {
  readonly name: string;
  readonly dimension: number;
  readonly perplexity: number;
  /** `[n, dimension]`. */
  readonly points: readonly number[];
  /** Of each pair i < j. */
  readonly joint: readonly number[];
  /** Where divergence and gradient are taken, `[n, 2]`. */
  readonly at: readonly number[];
  readonly divergence: number;
  readonly gradient: readonly number[];
  /** Where the descent begins, `[n, 2]`. */
  readonly start: readonly number[];
  /** The divergence at its end, after 1000 steps. */
  readonly reached: number;
}

/** Values computed with scikit-learn by fixtures/make-sklearn.py. */
export const tsneCases: readonly TsneCase[] = (
  JSON.parse(readFileSync(new URL('./fixtures/sklearn.json', import.meta.url), 'utf8')) as {
    readonly cases: readonly TsneCase[];
  }
).cases;
