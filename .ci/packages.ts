/** The packages of the workspace, and their tarballs. */
import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';

interface PackageManifest {
  name: string;
  version: string;
  exports: Record<string, unknown>;
  publishConfig: {exports: Record<string, string | {types: string}>};
  bin?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, {optional?: boolean}>;
}

/** @returns the folders of all packages, relative to the repository; each of them is published. */
export function packageFolders(repository = '.'): string[] {
  return readdirSync(join(repository, 'packages'))
    .map((name) => join('packages', name))
    .filter((folder) => existsSync(join(repository, folder, 'package.json')));
}

export function readManifest(folder: string): PackageManifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageManifest;
}

/** Packs `folder` as it would be published (after `pnpm build`) and gives the tarball's path in `destination`. */
export function pack(folder: string, destination: string): string {
  const tarball = join(destination, `${basename(folder)}.tgz`);
  execFileSync('pnpm', ['pack', '--silent', '--out', tarball], {cwd: folder, stdio: 'inherit'});
  return tarball;
}

/** Gives `use` a temporary folder, and removes it when that has come to its end. */
export async function inTemporaryFolder(use: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'minefield-'));
  try {
    await use(folder);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}
