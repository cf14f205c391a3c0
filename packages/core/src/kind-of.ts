/** What an error calls a value: Float32Array, Array, Undefined. */
export function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
