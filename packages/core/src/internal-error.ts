/** Something that cannot be, but is: a bug of this project, and none of its caller's. Whoever shows it keeps the stack. */
export class InternalError extends Error {
  override readonly name: string = 'InternalError';
}
