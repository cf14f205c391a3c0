import {execFileSync} from 'node:child_process';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {hostname, tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {provenanceSchema} from '../provenance.ts';
import {collectProvenance} from './collect-provenance.ts';
import {packageVersions} from './package-versions.ts';

let directory = '';
const options = {
  startedAt: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)),
  wallSeconds: 1.23456,
  backend: {name: 'wasm', kernels: null, device: null},
  packages: {'@minefield/results': '0.0.0'},
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minefield-git-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, {recursive: true});
});

function git(...parameters: readonly string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
  return execFileSync('git', [...identity, ...parameters], {cwd: directory, encoding: 'utf8'}).trim();
}

describe('collectProvenance', () => {
  it('fits the schema and says when, where and with what', async () => {
    vi.stubEnv('MINEFIELD_MACHINE', 'bench 1');
    vi.stubEnv('MINEFIELD_MACHINE_ID', '0123456789ab');
    const provenance = await collectProvenance(options);
    expect(provenanceSchema.parse(provenance)).toEqual(provenance);
    expect(provenance).toMatchObject({
      createdAt: '2026-01-02T03:04:05.000Z',
      wallSeconds: 1.235,
      node: process.versions.node,
      machine: {name: 'bench 1', id: '0123456789ab'},
    });
  });

  it.each([undefined, '', '  '])('keeps the host name to itself, with %j for a name', async (name) => {
    vi.stubEnv('MINEFIELD_MACHINE', name);
    vi.stubEnv('MINEFIELD_MACHINE_ID', hostname());
    const {machine} = await collectProvenance(options);
    expect(machine.name).toBe(machine.cpu);
    expect(Object.values(machine)).not.toContain(hostname());
  });

  it('has no commit outside a repository', async () => {
    expect(await collectProvenance({...options, directory})).toMatchObject({
      gitCommit: null,
      gitDirty: false,
    });
  });

  it('has no commit inside node_modules, whose repository is not that of the code', async () => {
    git('init', '--quiet');
    git('commit', '--quiet', '--allow-empty', '--message', 'x');
    const inside = join(directory, 'node_modules', 'x');
    await mkdir(inside, {recursive: true});
    expect(await collectProvenance({...options, directory: inside})).toMatchObject({gitCommit: null});
    expect((await collectProvenance({...options, directory})).gitCommit).toMatch(/^[0-9a-f]{40}$/);
  });

  it('is dirty through changed code, but not through results or new files', async () => {
    git('init', '--quiet');
    await mkdir(join(directory, 'results'));
    await writeFile(join(directory, 'code.ts'), '1');
    await writeFile(join(directory, 'results', 'a.json'), '1');
    git('add', '.');
    git('commit', '--quiet', '-m', 'first');
    await writeFile(join(directory, 'results', 'a.json'), '2');
    await writeFile(join(directory, 'new.txt'), '2');
    const gitCommit = git('rev-parse', 'HEAD');
    expect(await collectProvenance({...options, directory})).toMatchObject({gitCommit, gitDirty: false});
    await writeFile(join(directory, 'code.ts'), '2');
    const below = join(directory, 'results');
    expect(await collectProvenance({...options, directory: below})).toMatchObject({
      gitCommit,
      gitDirty: true,
    });
  });
});

describe('packageVersions', () => {
  it('finds installed packages, those without an exported manifest too, and leaves out the rest', async () => {
    const versions = await packageVersions(['zod', 'canonicalize', 'no-such-package'], import.meta.url);
    expect(Object.keys(versions)).toEqual(['zod', 'canonicalize']);
    expect(versions['zod']).toMatch(/^4\./);
    expect(versions['canonicalize']).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
