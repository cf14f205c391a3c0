/** A file of the store that could not be read or written. `code` is the system's (`ENOSPC`), `INVALID`, or `NEWER` than this version reads. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly file: string;
  readonly code: string;

  constructor(message: string, file: string, code: string, options?: ErrorOptions) {
    super(message, options);
    this.file = file;
    this.code = code;
  }
}

const causes: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied; change the permissions or choose another folder',
  EBADF: 'nothing that can be written to is open there; check the path',
  EDQUOT: 'the disk quota is used up; free some space or choose another folder',
  EEXIST: 'a file stands where a folder should be; move it away or choose another folder',
  EFBIG: 'the file is larger than the file system allows; choose another folder',
  EISDIR: 'a folder stands in its place; move it away',
  ELOOP: 'the links there lead in a circle; remove them or choose another file',
  EMFILE: 'too many files are open; use fewer workers',
  ENAMETOOLONG: 'the path is too long; choose a folder with a shorter path',
  ENOENT: 'there is no such file or folder; check the path',
  ENOSPC: 'the disk is full; free some space or choose another folder',
  ENOTDIR: 'a file stands where a folder should be; move it away or choose another folder',
  ENXIO: 'nobody reads what is written there; start its reader first or choose another file',
  EPERM: 'the system does not permit it; change the permissions or choose another folder',
  EPIPE: 'its reader is gone; keep it running or choose another file',
  EROFS: 'the file system is read-only; choose another folder',
};

/** An error of the file system as one sentence with a remedy; anything else is passed through. */
export function storeError(action: 'read' | 'write', file: string, error: unknown): unknown {
  if (
    error instanceof StoreError ||
    !(error instanceof Error) ||
    !('code' in error) ||
    typeof error.code !== 'string'
  )
    return error;
  const why = causes[error.code] ?? error.message;
  return new StoreError(`cannot ${action} ${file}: ${why} (${error.code})`, file, error.code, {cause: error});
}
