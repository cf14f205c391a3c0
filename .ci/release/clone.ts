/** Copies of the repository in which a release may change files: nothing of it touches the working tree. */
import {execFileSync} from 'node:child_process';
import {cpSync, mkdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {run} from '../execute.ts';
import {packageFolders} from '../packages.ts';

export function git(args: readonly string[], cwd = '.', input?: string): string {
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 30,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** Clones what is committed into `folder` and installs its dependencies. */
export async function cloneCommitted(folder: string): Promise<void> {
  git(['clone', '--quiet', '--shared', '.', folder]);
  await run('pnpm', ['install', '--prefer-offline', '--frozen-lockfile'], {cwd: folder});
}

/** The same with what is not committed yet, which the clone holds as a commit of its own. */
export async function cloneWorkingTree(folder: string): Promise<void> {
  git(['clone', '--quiet', '--shared', '.', folder]);
  const changes = git(['diff', 'HEAD', '--binary']);
  if (changes !== '') git(['apply', '--whitespace=nowarn'], folder, changes);
  const untracked = git(['ls-files', '--others', '--exclude-standard', '-z']).split('\0').filter(Boolean);
  for (const file of untracked) {
    mkdirSync(dirname(join(folder, file)), {recursive: true});
    cpSync(file, join(folder, file));
  }
  git(['add', '--all'], folder);
  git([...AUTHOR, 'commit', '--quiet', '--allow-empty', '--message', 'The working tree'], folder);
  // The packages' dependencies, and the tools that make and publish them; not those of the site.
  const filters = ['--filter', '.', '--filter', './packages/*'];
  await run('pnpm', ['install', '--prefer-offline', '--frozen-lockfile', ...filters], {cwd: folder});
}

/** Who commits in a clone that is thrown away. */
export const AUTHOR: readonly string[] = [
  '-c',
  'user.name=rehearsal',
  '-c',
  'user.email=rehearsal@example.invalid',
];

/** Takes what `pnpm build` made here. */
export function copyBuild(folder: string): void {
  for (const source of packageFolders())
    cpSync(join(source, 'dist'), join(folder, source, 'dist'), {recursive: true});
}
