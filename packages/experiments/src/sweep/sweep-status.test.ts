import {execFileSync} from 'node:child_process';
import {InputError} from '@minefield/core';
import {mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openStore} from '@minefield/results/node';
import {afterAll, describe, expect, it} from 'vitest';
import {tinySpec} from '../testing/tiny-spec.ts';
import type {Executor} from '../execute/executor.ts';
import {expandSpec} from '../jobs/expand.ts';
import {inlineExecutor} from '../execute/inline-executor.ts';
import {runExperiment} from './run-experiment.ts';
import type {ExperimentSpec} from '@minefield/spec';
import {sweepStatus} from './sweep-status.ts';
import {portable} from '../testing/portable.ts';

const root = mkdtempSync(join(tmpdir(), 'minefield-status-'));
const {margin} = tinySpec.analyses;
const spec: ExperimentSpec = {...tinySpec, analyses: {...(margin && {margin})}};
const inner = inlineExecutor(portable);

afterAll(() => rmSync(root, {recursive: true, force: true}));

async function until<T>(look: () => Promise<T>, good: (found: T) => boolean): Promise<T> {
  for (;;) {
    const found = await look();
    if (good(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('sweepStatus', () => {
  const store = openStore(join(root, 'out'));
  const status = () => sweepStatus(store, 'tiny');
  const run = (executor: Executor) => runExperiment(spec, {store, executor, ...portable, networks: 1});

  it('knows of no experiment that was never run', async () => {
    expect(await status()).toBeUndefined();
  });

  it('tells what is done and running, then what failed, then that all is done', async () => {
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const sweep = run({
      ...inner,
      execute: async (task, options) => {
        if (task.kind === 'train') return inner.execute(task, options);
        options?.onProgress?.(0.25);
        await held;
        throw new InputError('no margin today');
      },
    });
    const during = await until(
      status,
      (found) => found?.running[0]?.job.kind === 'analysis' && found.running[0].fraction > 0,
    );
    expect(during).toMatchObject({
      experiment: 'tiny',
      jobs: 8,
      done: 4,
      running: [{job: {kind: 'analysis', analysis: 'margin', seed: 1, poisonFactor: 0}, fraction: 0.25}],
      failed: [],
      sweeps: [{}],
    });
    goOn();
    await sweep;
    const after = await status();
    expect(after).toMatchObject({done: 4, running: [], sweeps: []});
    expect(after?.failed.map(({error}) => error)).toEqual(Array.from({length: 4}, () => 'no margin today'));
    await run(inner);
    expect(await status()).toMatchObject({done: 8, running: [], failed: [], begun: 0, sweeps: []});
    expect(readdirSync(join(root, 'out', 'tiny'))).not.toContain('.work');
  });

  it('takes a sweep that was not heard of for long for one that was killed, and counts what it had begun', async () => {
    const folder = join(root, 'killed');
    const killed = openStore(folder);
    await runExperiment(spec, {
      store: killed,
      executor: {...inner, execute: () => Promise.reject(new Error('never'))},
      ...portable,
    });
    const work = join(folder, 'tiny', '.work');
    const [report = ''] = readdirSync(work);
    const identity = expandSpec(spec, portable)[0]?.identity ?? '';
    writeFileSync(join(work, `${identity.slice(0, 16)}.training.safetensors`), '');
    writeFileSync(
      join(work, report),
      JSON.stringify({
        startedAt: 'x',
        ended: false,
        fraction: 0.5,
        secondsLeft: null,
        running: [{identity, fraction: 0.1}],
        failed: [],
      }),
    );
    expect(await sweepStatus(killed, 'tiny')).toMatchObject({running: [{fraction: 0.1}], sweeps: [{}]});
    utimesSync(join(work, report), new Date(0), new Date(0));
    expect(await sweepStatus(killed, 'tiny')).toMatchObject({running: [], sweeps: [], begun: 1, done: 0});
    if (process.platform === 'win32') return;
    rmSync(join(work, report));
    execFileSync('mknod', [join(work, report), 'p']);
    expect(await sweepStatus(killed, 'tiny')).toMatchObject({sweeps: [], begun: 1});
  });
});
