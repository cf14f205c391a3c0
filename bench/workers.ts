import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {median} from '@minefield/core';
import {dataSources, processPool, runExperiment} from '@minefield/experiments';
import {openStore} from '@minefield/results/node';
import {type ExperimentSpec, toyProfiles} from '@minefield/spec';
import type {Setting} from './compare.ts';
import {rowOf} from './row.ts';

const SEEDS = Array.from({length: 16}, (_, i) => i + 1);

/** A short toy sweep by two worker processes against one: wall time, the start of the workers included. */
export async function workers({wanted, repeats, report}: Setting): Promise<void> {
  const name = `toy sweep of ${SEEDS.length} runs by 2 workers`;
  if (!wanted(name)) return;
  const spec = shortSweep();
  const times: Record<1 | 2, number[]> = {1: [], 2: []};
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const count of [1, 2] as const) times[count].push(await secondsOf(spec, count));
  }
  report(rowOf(name, {ours: median(times[2]), peer: median(times[1])}, {peerName: '1 worker', target: 1.9}));
}

/**
 * What this machine's second core is worth: two sweeps that share nothing, each with a worker of its own, at the same time,
 * against twice the time of one alone. No pool of two workers can gain more.
 */
export async function independentSweeps({wanted, repeats, report}: Setting): Promise<void> {
  const name = `two toy sweeps of ${SEEDS.length} runs at once, sharing nothing`;
  if (!wanted(name)) return;
  const spec = shortSweep();
  const times: {alone: number[]; together: number[]} = {alone: [], together: []};
  for (let repeat = 0; repeat < repeats; repeat++) {
    times.alone.push(2 * (await secondsOf(spec, 1)));
    const start = performance.now();
    await Promise.all([secondsOf(spec, 1), secondsOf(spec, 1)]);
    times.together.push((performance.now() - start) / 1000);
  }
  report(
    rowOf(
      name,
      {ours: median(times.together), peer: median(times.alone)},
      {peerName: 'one after the other', target: null},
    ),
  );
}

/** 16 runs of a tenth of the toy's training, of one poison factor. */
export function shortSweep(): ExperimentSpec {
  const {quick} = toyProfiles;
  return {
    ...quick,
    recipe: {...quick.recipe, steps: 6000, evaluateEvery: 3000},
    poisonFactors: [0.8],
    seeds: SEEDS,
    analyses: {},
    decides: [],
  };
}

async function secondsOf(spec: ExperimentSpec, count: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'minefield-bench-'));
  const start = performance.now();
  const sources = dataSources();
  const executor = processPool({workers: count, numerics: 'portable'});
  try {
    await runExperiment(spec, {store: openStore(folder), executor, numerics: 'portable', sources});
    return (performance.now() - start) / 1000;
  } finally {
    await executor.close();
    await rm(folder, {recursive: true, force: true});
  }
}
