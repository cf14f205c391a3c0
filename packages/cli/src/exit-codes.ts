export const exitCodes = {
  done: 0,
  /** A claim or a check failed, or a job of a sweep did. */
  failed: 1,
  /** Bad usage or input: an unknown name, an invalid file, a folder or an output that cannot be written. */
  badInput: 2,
  /** Stopped by Ctrl-C, with everything finished kept. */
  interrupted: 130,
} as const;
