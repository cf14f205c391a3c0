/**
 * Input that was refused. The message reads `package.function: expected X, got Y; remedy`, and whoever shows it to a person
 * needs no stack: the caller can put it right.
 */
export class InputError extends RangeError {
  override readonly name: string = 'InputError';
}
