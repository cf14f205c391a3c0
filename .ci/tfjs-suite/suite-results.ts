/** How TensorFlow.js's own specs fared. */
export interface SuiteResults {
  readonly passed: number;
  /** First message of each failed spec, by its full name. */
  readonly failed: Readonly<Record<string, string>>;
}
