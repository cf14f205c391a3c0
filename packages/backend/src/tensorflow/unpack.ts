import {runTool} from './run-tool.ts';

export interface UnpackOptions {
  readonly python: string;
  readonly signal: AbortSignal | undefined;
}

/** Python reads both kinds of archive, and is there because pip is. Links are not followed: none of the files is one. */
const SCRIPT = `
import os, shutil, sys, tarfile, zipfile
archive, target, *wanted = sys.argv[1:]

def keep(name, mode, source):
    if not any(name.startswith(start) for start in wanted): return
    path = os.path.normpath(os.path.join(target, name))
    if not path.startswith(os.path.join(target, '')): raise ValueError('a path outside: ' + name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with source() as read, open(path, 'wb') as written: shutil.copyfileobj(read, written, 2**20)
    os.chmod(path, 0o755 if mode & 0o100 else 0o644)

if zipfile.is_zipfile(archive):
    with zipfile.ZipFile(archive) as files:
        for file in files.infolist():
            if not file.is_dir(): keep(file.filename, file.external_attr >> 16, lambda: files.open(file))
else:
    with tarfile.open(archive) as files:
        for file in files:
            if file.isfile(): keep(file.name, file.mode, lambda: files.extractfile(file))
`;

/**
 * Writes the files of a wheel or of a package of npm whose paths begin in one of the ways that are wanted.
 *
 * @param target an absolute path; the paths in the archive are kept below it
 * @throws {TensorflowBuildError} where Python or the disk fails
 */
export async function unpack(
  archive: string,
  target: string,
  wanted: readonly string[],
  {python, signal}: UnpackOptions,
): Promise<void> {
  const remedy = 'check that there is room on the disk, and try again';
  await runTool(python, ['-c', SCRIPT, archive, target, ...wanted], {remedy, signal});
}
