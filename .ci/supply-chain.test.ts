import {cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Dated, type DatedRegistry, serveDated} from './dated-registry.ts';
import {execute} from './execute.ts';
import {pack} from './packages.ts';

const LONG_AGO = new Date('2020-01-01');
const YESTERDAY = new Date(Date.now() - 86_400_000);

let folder: string;
let registry: DatedRegistry;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minefield-supply-'));
  registry = await serveDated([
    supplied('trusted', LONG_AGO),
    supplied('fresh', YESTERDAY),
    supplied('scripted', LONG_AGO, {postinstall: 'exit 0'}),
  ]);
});

afterAll(() => {
  registry.close();
  rmSync(folder, {recursive: true, force: true});
});

describe('installing with the settings of this workspace', () => {
  it('takes a package of old that runs no scripts', async () => {
    expect(await add('trusted')).toBeUndefined();
  });

  it('refuses a version of yesterday', async () => {
    expect(await add('fresh')).toMatch(/minimumReleaseAge/);
  });

  it('refuses a package whose scripts nobody allowed', async () => {
    expect(await add('scripted')).toMatch(/ERR_PNPM_IGNORED_BUILDS/);
  });
});

/** A package with nothing but a manifest. */
function supplied(name: string, published: Date, scripts: Readonly<Record<string, string>> = {}): Dated {
  const source = join(folder, name);
  const manifest = {name: `@supplied/${name}`, version: '1.0.0', scripts};
  mkdirSync(source);
  writeFileSync(join(source, 'package.json'), JSON.stringify(manifest));
  return {manifest, published, tarball: pack(source, folder)};
}

/** @returns undefined, or what pnpm said where it refused */
function add(name: string): Promise<string | undefined> {
  const home = join(folder, `with-${name}`);
  mkdirSync(home);
  cpSync('pnpm-workspace.yaml', join(home, 'pnpm-workspace.yaml'));
  writeFileSync(join(home, 'package.json'), JSON.stringify({name: 'home', private: true}));
  writeFileSync(join(home, '.npmrc'), `@supplied:registry=${registry.url}\n`);
  const places = ['cache', 'store'].map((place) => `--config.${place}-dir=${join(folder, place)}`);
  return execute('pnpm', ['add', '--workspace-root', ...places, `@supplied/${name}`], {cwd: home});
}
