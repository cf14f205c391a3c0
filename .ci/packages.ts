/** The packages that are published, and their tarballs. */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export interface PackageManifest {
  name: string;
  version: string;
  private?: boolean;
  bin?: Record<string, string>;
  exports: Record<string, unknown>;
}

export interface PublishedPackage {
  folder: string;
  manifest: PackageManifest;
}

/** @returns the public packages of `packages/`, in the order of their folders. */
export function publishedPackages(): PublishedPackage[] {
  return readdirSync('packages', {withFileTypes: true})
    .filter((entry) => entry.isDirectory())
    .map((entry) => {
      const folder = join('packages', entry.name);
      return {
        folder,
        manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageManifest,
      };
    })
    .filter(({manifest}) => manifest.private !== true);
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

/** Gives `use` a temporary folder, and removes it afterwards. */
export function inTemporaryFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'minefield-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}
