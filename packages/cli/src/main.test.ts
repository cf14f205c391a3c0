import {existsSync, writeFileSync} from 'node:fs';
import {openStore} from '@minefield/results/node';
import {toyProfiles} from '@minefield/spec';
import {afterAll, describe, expect, it, vi} from 'vitest';
import {minefield as inProcess} from '../test/in-process.ts';
import {ownProcess} from '../test/own-process.ts';

const {at, start, minefield, remove} = ownProcess();
afterAll(remove);

const tiny = {
  ...toyProfiles.quick,
  experiment: 'tiny',
  profile: 'test',
  dataset: {name: 'two-spirals', train: 40, test: 40, fresh: 100},
  model: {name: 'mlp', hidden: [8]},
  recipe: {...toyProfiles.quick.recipe, steps: 20, warmupSteps: 0, poisonPoints: 20, evaluateEvery: 10},
  poisonFactors: [0, 0.8],
  seeds: [1],
  analyses: {margin: {angles: 16, maximum: 20}},
};

function specFile(name: string, spec: unknown): string {
  const file = at(name);
  writeFileSync(file, typeof spec === 'string' ? spec : JSON.stringify(spec));
  return file;
}

describe('minefield run', () => {
  it('prints one JSON document, with progress on the other stream, and keeps what is there', async () => {
    const args = ['run', specFile('tiny.json', tiny), '--out', at('out'), '--workers', '1', '--json'];
    const first = await minefield(...args);
    expect(first).toMatchObject({code: 0});
    expect(JSON.parse(first.out)).toMatchObject({
      experiment: 'tiny',
      jobs: 4,
      done: 4,
      reused: 0,
      failed: [],
      interrupted: false,
      results: at('out'),
    });
    expect(first.notes).toContain('4 jobs');
    expect(first.notes).not.toContain('\u001b');
    const second = await minefield(...args);
    expect(JSON.parse(second.out)).toMatchObject({done: 0, reused: 4});
  });

  it('keeps finished jobs on Ctrl-C, exits with 130, and goes on with the same command', async () => {
    const long = {
      ...tiny,
      experiment: 'long',
      recipe: {...tiny.recipe, steps: 1500},
      seeds: [1, 2, 3, 4, 5],
    };
    const args = ['run', specFile('long.json', long), '--out', at('interrupted'), '--workers', '1', '--json'];
    const {child, ended} = start(args);
    const runs = at('interrupted/long/run');
    while (
      (await openStore(at('interrupted')).inspect('long')).records.length < 3 &&
      child.exitCode === null
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill('SIGINT');
    const {code, out, notes} = await ended;
    expect(code).toBe(130);
    expect(notes).toContain('stopping; finished jobs are kept');
    const {done, interrupted} = JSON.parse(out) as {done: number; interrupted: boolean};
    expect(interrupted).toBe(true);
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(20);
    expect(await openStore(at('interrupted')).readRecords('long'), runs).toHaveLength(done + 1);
    const again = await minefield(...args);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({reused: done, done: 20 - done});
  });

  it('lists what it would do, and does what it is asked for alone', async () => {
    const args = [
      'run',
      specFile('tiny.json', tiny),
      '--out',
      at('chosen'),
      '--workers',
      '1',
      '--only',
      'poison=0.8',
    ];
    const planned = await minefield(...args, '--dry-run');
    expect(planned.code).toBe(0);
    expect(planned.out.split('\n')).toEqual([
      expect.stringMatching(/^ +\d+ s {2}training of seed 1, poison factor 0\.8$/),
      expect.stringMatching(/^ +\d+ s {2}margin of seed 1, poison factor 0\.8$/),
      expect.stringMatching(/^tiny \(test\): 2 of 2 jobs to do, about \d+ s of one core; 0 are there$/),
      '',
    ]);
    expect(existsSync(at('chosen'))).toBe(false);
    expect(JSON.parse((await minefield(...args, '--machine', 'bench 7', '--json')).out)).toMatchObject({
      done: 2,
    });
    const records = await openStore(at('chosen')).readRecords('tiny');
    const machines = records.flatMap((record) =>
      record.kind === 'experiment' ? [] : [record.provenance.machine],
    );
    expect(machines).toHaveLength(2);
    for (const machine of machines) expect(machine).toMatchObject({name: 'bench 7', id: machines[0]?.id});
    expect(machines[0]?.id).toMatch(/^[0-9a-f]{12}$/);
    const again = await minefield(...args, '--dry-run', '--json');
    expect(JSON.parse(again.out)).toMatchObject({jobs: 2, reused: 2, missing: [], seconds: 0});

    const status = await minefield('status', '--out', at('chosen'));
    expect(status.out).toBe('tiny (test): 2 of 4 jobs done; no sweep is running here\n');
    const document = JSON.parse(
      (await minefield('status', 'tiny', '--out', at('chosen'), '--json')).out,
    ) as unknown;
    expect(document).toMatchObject({experiments: [{jobs: 4, done: 2, failed: []}], queue: null});
  });

  it.each([
    {args: ['run', 'tyo'], says: /unknown experiment "tyo" \(did you mean "toy"\?\); choose one of toy/},
    {
      args: ['run', 'toy', '--profile', 'fulll'],
      says: /unknown --profile "fulll" of toy \(did you mean "full"\?\); choose one of/,
    },
    {args: ['run', 'toy', '--worker', '2'], says: /unknown option '--worker'[^]*Did you mean --workers/},
    {args: ['run', 'toy', '--workers', 'two'], says: /--workers <n>.*'two' is invalid/},
    {args: ['run', 'toy', '--backend', 'cuda'], says: /--backend <name>.*'cuda' is invalid/},
    {args: ['run'], says: /missing required argument 'experiment'/},
    {args: ['rum'], says: /unknown command 'rum'[^]*Did you mean run/},
    {args: ['run', 'missing.json'], says: /cannot read the spec missing\.json \(there is no such file\)/},
    {
      args: ['verify', '--results', 'nowhere'],
      says: /no results of "toy" in .*nowhere; make them with "minefield run toy/,
    },
    {args: ['verify', '--experiment', '../x'], says: /--experiment <name>.*'\.\.\/x' is invalid/},
  ])('refuses $args with exit code 2 and one clear sentence', async ({args, says}) => {
    const {code, out, notes} = await inProcess(...args);
    expect(notes).toMatch(says);
    expect(notes).toMatch(/^error: /);
    expect(notes).not.toContain('    at ');
    expect(code).toBe(2);
    expect(out).toBe('');
  });

  it('names the file and the failing keys of a malformed spec', async () => {
    const bad = await minefield('run', specFile('bad.json', {...tiny, seeds: [], color: 1}));
    expect(bad.code).toBe(2);
    expect(bad.notes).toContain(`expected an experiment spec in ${at('bad.json')}, got 2 problems:`);
    expect(bad.notes).toMatch(/seeds: expected at least 1/);
    expect(bad.notes).toContain('color: unknown key');
    const broken = await minefield('run', specFile('broken.json', '{"experiment": '));
    expect(broken).toMatchObject({code: 2});
    expect(broken.notes).toContain(`${at('broken.json')} is not JSON`);
  });

  it('says why a backend cannot start, and what to do', async () => {
    vi.stubEnv('XDG_CACHE_HOME', '/nowhere');
    const {code, notes} = await minefield(
      'run',
      specFile('tiny.json', tiny),
      '--backend',
      'tensorflow',
      '--out',
      at('native'),
    );
    vi.unstubAllEnvs();
    expect(code).toBe(2);
    expect(notes).toMatch(
      /error: expected "tensorflow" to start, got: .*; minefield backend build tensorflow\n/,
    );
  });

  it('says that the results folder cannot be written, before any work', async () => {
    const {code, notes} = await minefield(
      'run',
      specFile('tiny.json', tiny),
      '--out',
      specFile('a-file', ''),
    );
    expect(code).toBe(2);
    expect(notes).toMatch(/error: cannot write .*a-file.*: a file stands where a folder should be/);
  });
});

it('goes on to the end when its reader has seen enough', async () => {
  const {child, ended} = start(['volume', '--objective', 'quadratic', '--directions', '10']);
  child.stdout?.destroy();
  const {code, notes} = await ended;
  expect(code).toBe(0);
  expect(notes).not.toContain('EPIPE');
});

describe('minefield doctor', () => {
  it('finds wasm, and says of each other backend what is missing and how to get it', async () => {
    const {code, out} = await minefield('doctor', '--json');
    expect(code).toBe(0);
    const {backends, portable, packages} = JSON.parse(out) as {
      backends: {name: string; available: boolean; remedy: string | null}[];
      portable: unknown;
      packages: Record<string, string>;
    };
    expect(backends.map(({name}) => name)).toEqual(['tensorflow', 'webgpu', 'wasm', 'cpu']);
    expect(backends.every(({available, remedy}) => available === (remedy === null))).toBe(true);
    expect(portable).toEqual({backend: 'wasm', available: true});
    expect(packages['@tensorflow/tfjs-core']).toMatch(/^\d+\./);
    const text = await minefield('doctor');
    expect(text.out).toMatch(/✓ wasm/);
  });
});
