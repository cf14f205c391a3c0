import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {mkdir, readdir, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {TensorflowBuildError} from './build-error.ts';
import {type PinnedFile, WHEEL_PYTHON} from './release.ts';
import {runTool} from './run-tool.ts';

export interface FetchFileOptions {
  readonly python: string;
  readonly signal: AbortSignal | undefined;
  /** Told now and then how many bytes of the file are there. */
  readonly onReceived: (bytes: number) => void;
}

export const NPM_REMEDY = 'check that npm is installed and reaches its registry (npm ping)';

export function pipRemedy(python: string): string {
  return `check that ${python} has pip (apt-get install python3-pip, say), and that pip reaches its index`;
}

/** Milliseconds between two looks at how much has come. */
const LOOK = 200;

/**
 * Fetches a file with the client of its registry, which knows the user's mirrors, proxies and certificates, into a folder
 * that is made for it. Nothing of what is fetched is run.
 *
 * @returns its path
 * @throws {TensorflowBuildError} where it does not come, or is another one than was tried
 */
export async function fetchFile(
  file: PinnedFile,
  folder: string,
  options: FetchFileOptions,
): Promise<string> {
  const {python, signal, onReceived} = options;
  const coming = join(folder, 'coming');
  const come = join(folder, 'come');
  await Promise.all([mkdir(coming, {recursive: true}), mkdir(come, {recursive: true})]);
  // A client may have two copies for a moment.
  const look = async (): Promise<void> => onReceived(Math.min(file.bytes, await bytesIn(folder)));
  const looking = setInterval(() => void look(), LOOK);
  try {
    // Both clients keep what they are at in the folder for temporary files, so that it goes with the rest of the build.
    const tool = {signal, env: {...process.env, TMPDIR: coming}};
    if (file.client === 'npm') await npmPack(file, come, tool);
    else await pipDownload(file, come, python, tool);
  } finally {
    clearInterval(looking);
    await rm(coming, {recursive: true, force: true});
  }
  const [name] = await readdir(come);
  if (name === undefined)
    throw new TensorflowBuildError(`${file.client} to bring ${file.name}`, 'nothing', 'try again');
  const path = join(come, name);
  await check(file, path);
  return path;
}

interface Tool {
  readonly signal: AbortSignal | undefined;
  readonly env: NodeJS.ProcessEnv;
}

async function npmPack({name, version}: PinnedFile, folder: string, tool: Tool): Promise<void> {
  const args = [
    'pack',
    `${name}@${version}`,
    '--ignore-scripts',
    '--loglevel=error',
    '--pack-destination',
    folder,
  ];
  await runTool('npm', args, {...tool, remedy: NPM_REMEDY});
}

async function pipDownload(
  {name, version}: PinnedFile,
  folder: string,
  python: string,
  tool: Tool,
): Promise<void> {
  const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-cache-dir', '--only-binary=:all:'];
  const which = ['--python-version', WHEEL_PYTHON, '--dest', folder, `${name}==${version}`];
  await runTool(python, [...args, ...which], {...tool, remedy: pipRemedy(python)});
}

async function check({client, name, version, bytes, sha256}: PinnedFile, path: string): Promise<void> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    length += chunk.length;
  }
  const digest = hash.digest('hex');
  if (digest === sha256) return;
  throw new TensorflowBuildError(
    `${name} ${version} with ${bytes} bytes and SHA-256 ${sha256}`,
    `${length} bytes and ${digest}`,
    `the index that ${client} is set to serves another file than the published one; use that of the registry itself`,
  );
}

/** Bytes of all files below a folder, as far as they can be seen while others write there. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, {recursive: true}).catch(() => []);
  const sizes = entries.map(async (entry) => {
    const facts = await stat(join(folder, entry)).catch(() => null);
    return facts?.isFile() ? facts.size : 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
