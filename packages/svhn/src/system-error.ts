import {InputError} from '@minefield/core';

const causes: Readonly<Record<string, string>> = {
  EACCES: 'no permission; change the permissions or choose another folder',
  EDQUOT: 'a disk quota that is used up; free some space or choose another folder',
  EEXIST: 'a file where a folder should be; move it away or choose another folder',
  EISDIR: 'a folder in its place; move it away',
  ENOENT: 'no such file or folder; check the path',
  ENOSPC: 'a full disk; free some space or choose another folder',
  ENOTDIR: 'a file where a folder should be; move it away or choose another folder',
  EPERM: 'no permission; change the permissions or choose another folder',
  EROFS: 'a file system that is read-only; choose another folder',
};

/** Whose file it is that cannot be read or written. */
export type Caller = 'readSvhnFile' | 'fetchSvhn';

/** An error of the file system as an `InputError` of one sentence with a remedy; anything else is passed through. */
export function systemError(
  action: 'read' | 'write',
  path: string,
  error: unknown,
  caller: Caller = action === 'read' ? 'readSvhnFile' : 'fetchSvhn',
): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  const code = String(error.code);
  const missing = 'no such file; check the path, or fetch it (minefield data fetch svhn)';
  const why =
    code === 'ENOENT' && caller === 'readSvhnFile'
      ? missing
      : (causes[code] ?? `${error.message}; try again or choose another folder`);
  return new InputError(`svhn.${caller}: expected to ${action} ${path}, got ${code}: ${why}`, {cause: error});
}

/** Whether the file system failed for this reason, such as `EEXIST`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

export function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT');
}
