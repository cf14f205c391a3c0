import {cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {execute} from './execute.ts';
import {type LocalRegistry, serveTarballs} from './local-registry.ts';
import {pack} from './packages.ts';

let folder: string;
let registry: LocalRegistry;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minefield-supply-'));
  const tarballs = [
    packed('trusted', {}),
    packed('fresh', {}),
    packed('scripted', {scripts: {postinstall: 'exit 0'}}),
  ];
  const today = (name: string): Date => new Date(name.endsWith('fresh') ? Date.now() - 86_400_000 : 0);
  registry = await serveTarballs('@supplied', tarballs, today);
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
function packed(name: string, manifest: object): string {
  const source = join(folder, name);
  mkdirSync(source);
  writeFileSync(
    join(source, 'package.json'),
    JSON.stringify({name: `@supplied/${name}`, version: '1.0.0', ...manifest}),
  );
  return pack(source, folder);
}

/** @returns undefined, or what pnpm said where it refused */
function add(name: string): Promise<string | undefined> {
  const home = join(folder, `with-${name}`);
  mkdirSync(home);
  cpSync('pnpm-workspace.yaml', join(home, 'pnpm-workspace.yaml'));
  writeFileSync(join(home, 'package.json'), JSON.stringify({name: 'home', private: true}));
  writeFileSync(join(home, '.npmrc'), registry.npmrc);
  const places = ['cache', 'store'].map((place) => `--config.${place}-dir=${join(folder, place)}`);
  const args = ['add', '--workspace-root', ...places, `@supplied/${name}`];
  return execute('pnpm', args, {cwd: home});
}
