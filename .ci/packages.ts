/** The packages of the workspace, and their tarballs. */
import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

interface PackageManifest {
  name: string;
  exports: Record<string, unknown>;
  publishConfig: {exports: Record<string, string | {types: string}>};
  bin?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, {optional?: boolean}>;
}

/** @returns the folders of all packages; each of them is published. */
export function packageFolders(): string[] {
  return readdirSync('packages')
    .map((name) => join('packages', name))
    .filter((folder) => existsSync(join(folder, 'package.json')));
}

export function readManifest(folder: string): PackageManifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageManifest;
}

/** Packs `folder` as it would be published (after `pnpm build`) and gives the tarball's path in `destination`. */
export function pack(folder: string, destination: string): string {
  const output = execFileSync('pnpm', ['pack', '--json', '--pack-destination', destination], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (JSON.parse(output) as {filename: string}).filename;
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
