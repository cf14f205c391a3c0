import {InputError} from '@minefield/core';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openStore} from '@minefield/results/node';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {contents} from '../testing/contents.ts';
import {TINY_JOBS, tinySpec} from '../testing/tiny-spec.ts';
import type {Executor} from '../execute/executor.ts';
import {inlineExecutor} from '../execute/inline-executor.ts';
import {processPool} from '../execute/process-pool.ts';
import type {RunEvent, RunSummary} from './run-events.ts';
import {runExperiment} from './run-experiment.ts';
import type {RunExperimentOptions} from './sweep-options.ts';
import {sweepStatus} from './sweep-status.ts';
import type {ExperimentSpec} from '@minefield/spec';
import {portable} from '../testing/portable.ts';

const root = mkdtempSync(join(tmpdir(), 'minefield-'));
const reference = join(root, 'reference');
let folders = 0;

const newFolder = (): string => join(root, String(folders++));

interface Attempt {
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
}

async function sweep(
  folder: string,
  options: Partial<RunExperimentOptions> & {readonly spec?: ExperimentSpec} = {},
): Promise<Attempt> {
  const events: RunEvent[] = [];
  const {spec = tinySpec, executor = inlineExecutor(portable), onEvent, ...others} = options;
  try {
    const summary = await runExperiment(spec, {
      store: openStore(folder),
      executor,
      ...portable,
      onEvent: (event) => {
        events.push(event);
        onEvent?.(event);
      },
      ...others,
    });
    return {summary, events};
  } finally {
    await executor.close();
  }
}

/** Breaks off the first executor's work by failing on tasks that `refuse` names. */
function refusing(refuse: (kind: string, seed: number) => boolean): Executor {
  const inner = inlineExecutor(portable);
  return {
    ...inner,
    async execute(task, options) {
      const first = task.kind === 'train' ? task.jobs[0] : task.job;
      if (refuse(task.kind === 'train' ? 'run' : task.job.analysis, first?.seed ?? 0))
        throw new InputError('refused');
      return inner.execute(task, options);
    },
  };
}

const untouchable: Executor = {
  workers: 1,
  execute: () => Promise.reject(new Error('nothing was to be done')),
  close: () => Promise.resolve(),
};

beforeAll(async () => {
  await sweep(reference);
});

afterAll(() => {
  rmSync(root, {recursive: true, force: true});
});

describe('runExperiment', () => {
  it('makes a valid record of every job, and a checkpoint of every run', async () => {
    const records = await openStore(reference).readRecords('tiny');
    expect(records.filter(({kind}) => kind !== 'experiment')).toHaveLength(TINY_JOBS);
    const head = records.find((record) => record.kind === 'experiment');
    expect(new Set(head?.jobs.map(({identity}) => identity)).size).toBe(TINY_JOBS);
    for (const record of records) {
      if (record.kind !== 'run') continue;
      const {checkpoint} = record.data;
      expect(checkpoint).not.toBeNull();
      await openStore(reference).readCheckpoint('tiny', checkpoint?.sha256 ?? '');
    }
  });

  it('does nothing the second time', async () => {
    const {summary, events} = await sweep(reference, {executor: untouchable});
    expect(summary).toMatchObject({jobs: TINY_JOBS, reused: TINY_JOBS, done: 0, failed: []});
    expect(events).toEqual([{type: 'planned', total: TINY_JOBS, reused: TINY_JOBS}]);
  });

  it('gives the same bytes with one worker process, with two, and however runs are grouped', async () => {
    const expected = contents(reference);
    for (const [workers, networks] of [
      [1, 8],
      [2, 1],
    ] as const) {
      const folder = newFolder();
      const executor = processPool({workers, ...portable});
      const {summary} = await sweep(folder, {executor, networks});
      expect(summary).toMatchObject({done: TINY_JOBS, failed: []});
      expect(contents(folder)).toEqual(expected);
    }
  });

  it('moves aside what is corrupt, names it, and makes it anew with the same bytes', async () => {
    const folder = newFolder();
    await sweep(folder);
    const files = [...contents(folder).keys()];
    const fileOf = (part: string): string => join(folder, files.find((file) => file.includes(part)) ?? '');
    truncateSync(fileOf('margin'), 100);
    writeFileSync(fileOf('basin'), readFileSync(fileOf('basin'), 'utf8').replace('"seed": ', '"sead": '));
    const checkpoint = readFileSync(fileOf('checkpoints'));
    checkpoint[checkpoint.length - 1] = (checkpoint.at(-1) ?? 0) ^ 1;
    writeFileSync(fileOf('checkpoints'), checkpoint);

    const {summary, events} = await sweep(folder);
    expect(summary).toMatchObject({done: 3, reused: TINY_JOBS - 3, failed: []});
    const moved = events.filter((event) => event.type === 'moved-aside');
    expect(moved.map(({from}) => from.replace(`${folder}/`, '').split('/')[1]).toSorted()).toEqual([
      'basin',
      'margin',
      'run',
    ]);
    for (const {to, reason} of moved) {
      expect(
        readdirSync(join(folder, 'tiny', 'quarantine')).map((file) =>
          join(folder, 'tiny', 'quarantine', file),
        ),
      ).toContain(to);
      expect(reason).not.toBe('');
    }
    expect(contents(folder)).toEqual(contents(reference));
  });

  it('makes anew what says otherwise than its identity was made of', async () => {
    const folder = newFolder();
    await sweep(folder);
    const store = openStore(folder);
    const records = await store.readRecords('tiny');
    const runs = records.filter((record) => record.kind === 'run');
    const [first, second, third] = runs;
    const basin = records.find((record) => record.kind === 'analysis' && record.analysis === 'basin');
    if (!first || !second || !third || basin?.kind !== 'analysis') throw new Error('3 runs and a basin');
    const {spec} = first;
    await store.writeRecord({...first, spec: {...spec, recipe: {...spec.recipe, steps: 1}}});
    await store.writeRecord({...second, dataset: {...second.dataset, fingerprint: 'of other points'}});
    await store.writeRecord({...third, poisonFactor: third.poisonFactor + 1});
    await store.writeRecord({...basin, run: first.identity === basin.run ? second.identity : first.identity});
    const {summary, events} = await sweep(folder);
    const moved = events.filter((event) => event.type === 'moved-aside').map(({reason}) => reason);
    expect(moved.toSorted()).toEqual([
      ...runs.slice(0, 3).map(() => expect.stringContaining('identity: expected')),
      // Its run is no longer among the records; its job says what the run was.
      'its run is not what its identity was made of',
    ]);
    expect(summary).toMatchObject({done: 4, reused: TINY_JOBS - 4, failed: []});
    expect(contents(folder)).toEqual(contents(reference));
  });

  it('stops at a record of a later version, and leaves it where it is', async () => {
    const folder = newFolder();
    await sweep(folder);
    const [file = ''] = [...contents(folder).keys()].filter((name) => name.includes('/margin/'));
    const later = readFileSync(join(folder, file), 'utf8').replace(
      '"schemaVersion": 1',
      '"schemaVersion": 2',
    );
    writeFileSync(join(folder, file), later);
    await expect(sweep(folder)).rejects.toThrow(/written by a newer Minefield .*; update it/);
    expect(readFileSync(join(folder, file), 'utf8')).toBe(later);
    const head = join(folder, 'tiny', 'experiment.json');
    const laterHead = readFileSync(head, 'utf8').replace('"schemaVersion": 1', '"schemaVersion": 2');
    writeFileSync(head, laterHead);
    await expect(sweep(folder)).rejects.toThrow(/experiment\.json .*written by a newer Minefield/);
    expect(readFileSync(head, 'utf8')).toBe(laterHead);
  });

  it('makes an analysis anew when it measured another checkpoint', async () => {
    const folder = newFolder();
    await sweep(folder);
    const store = openStore(folder);
    const record = (await store.readRecords('tiny')).find(
      (r) => r.kind === 'analysis' && r.analysis === 'curvature',
    );
    if (record?.kind !== 'analysis') throw new Error('no curvature');
    await store.writeRecord({...record, checkpoint: 'a'.repeat(64)});
    const {summary, events} = await sweep(folder);
    expect(summary).toMatchObject({done: 1, reused: TINY_JOBS - 1});
    expect(events.find((event) => event.type === 'moved-aside')).toMatchObject({
      reason: 'it measures the checkpoint of an earlier run',
    });
    expect(contents(folder)).toEqual(contents(reference));
  });

  it('keeps what is finished when cancelled, and goes on from there', async () => {
    const folder = newFolder();
    const controller = new AbortController();
    const first = await sweep(folder, {
      signal: controller.signal,
      networks: 1,
      onEvent: (event) => {
        if (event.type === 'finished') controller.abort();
      },
    });
    expect(first.summary).toMatchObject({interrupted: true, done: 1, failed: []});
    expect((await openStore(folder).readRecords('tiny')).filter(({kind}) => kind === 'run')).toHaveLength(1);
    const second = await sweep(folder);
    expect(second.summary).toMatchObject({interrupted: false, reused: 1, done: TINY_JOBS - 1});
    expect(contents(folder)).toEqual(contents(reference));
  });

  it('cancels training that is under way', async () => {
    const controller = new AbortController();
    const folder = newFolder();
    const spec = {...tinySpec, recipe: {...tinySpec.recipe, steps: 1_000_000}};
    const {summary} = await sweep(folder, {
      spec,
      signal: controller.signal,
      executor: processPool({workers: 1, ...portable}),
      onEvent: (event) => {
        if (event.type === 'progress') controller.abort();
      },
    });
    expect(summary).toMatchObject({interrupted: true, done: 0, failed: []});
  });

  it('reports a job that fails, and what hangs on it, and finishes the others', async () => {
    const runs = await sweep(newFolder(), {
      executor: refusing((kind, seed) => kind === 'run' && seed === 1),
      networks: 1,
    });
    expect(runs.summary.failed.map(({error}) => error).filter((error) => error === 'refused')).toHaveLength(
      2,
    );
    expect(runs.summary.failed).toHaveLength(2 + 2 * 3 + 2 + 1 + 1 + 2 + 2 + 2 + 1 + 1 + 1 + 1 + 1 + 1 + 1);
    expect(runs.summary.done).toBe(TINY_JOBS - runs.summary.failed.length);
    const analyses = await sweep(newFolder(), {executor: refusing((kind) => kind === 'margin')});
    expect(analyses.summary.failed).toHaveLength(4);
    expect(analyses.summary.done).toBe(TINY_JOBS - 4);
  });

  it('records a run that diverges, measures nothing of it, and goes on', async () => {
    const folder = newFolder();
    const optimizer = {name: 'sgd'} as const;
    const spec = {...tinySpec, recipe: {...tinySpec.recipe, optimizer, learningRate: 1e30}};
    const {summary} = await sweep(folder, {spec});
    expect(summary).toMatchObject({
      jobs: TINY_JOBS,
      done: 4,
      diverged: 4,
      nothingToMeasure: TINY_JOBS - 4,
      failed: [],
    });
    const runs = (await openStore(folder).readRecords('tiny')).filter((record) => record.kind === 'run');
    expect(runs.map(({data}) => [data.outcome, data.final, data.checkpoint])).toEqual(
      Array.from({length: 4}, () => ['diverged', null, null]),
    );
    expect(await sweepStatus(openStore(folder), 'tiny')).toMatchObject({
      done: 4,
      nothingToMeasure: TINY_JOBS - 4,
      sweeps: [],
    });
    const again = await sweep(folder, {spec, executor: untouchable});
    expect(again.summary).toMatchObject({reused: 4, nothingToMeasure: TINY_JOBS - 4, failed: []});
  });

  /** Kills one of the pool's processes; what one had said before it died may come when there is none. */
  const killWorker = (): void => {
    const {stdout} = spawnSync('pgrep', ['-P', String(process.pid), '-f', 'execute/worker'], {
      encoding: 'utf8',
    });
    const [child = ''] = stdout.split('\n');
    if (child !== '') process.kill(Number(child), 'SIGKILL');
  };

  it.skipIf(process.platform === 'win32')(
    'begins a killed worker’s job again, and the others go on',
    async () => {
      const folder = newFolder();
      let killed = false;
      const {summary} = await sweep(folder, {
        networks: 1,
        executor: processPool({workers: 2, ...portable}),
        onEvent: (event) => {
          if (killed || event.type !== 'progress') return;
          killed = true;
          killWorker();
        },
      });
      expect(killed).toBe(true);
      expect(summary).toMatchObject({done: TINY_JOBS, failed: []});
      expect(contents(folder)).toEqual(contents(reference));
    },
  );

  it.skipIf(process.platform === 'win32')('gives up a job whose worker dies every time', async () => {
    const spec = {
      ...tinySpec,
      poisonFactors: [0],
      recipe: {...tinySpec.recipe, steps: 1_000_000},
      analyses: {},
    };
    const {summary, events} = await sweep(newFolder(), {
      spec,
      executor: processPool({workers: 1, ...portable}),
      onEvent: (event) => {
        if (event.type === 'progress' && event.progress.fraction < 1) killWorker();
      },
    });
    expect(summary).toMatchObject({done: 0});
    expect(summary.failed.map(({error}) => error)).toEqual(
      Array.from({length: 2}, () => expect.stringContaining('the worker process died 3 times')),
    );
    const notes = events.filter((event) => event.type === 'note');
    expect(notes.map(({text}) => text)).toEqual(
      Array.from({length: 4}, () => 'begins again: its worker died'),
    );
  });

  it('stops with one error when the results folder cannot be written', async () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    await expect(sweep(file)).rejects.toThrow(/cannot write .*a file stands where a folder should be/);
  });
});
