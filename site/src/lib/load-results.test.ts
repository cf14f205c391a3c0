import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ResultRecord} from '@minefield/results';
import {type Store, openStore} from '@minefield/results/node';
import {syntheticSweep} from '@minefield/results/testing';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {loadExperiments} from './load-results.ts';
import {runFigure, runPage} from './runs.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minefield-results-'));
  store = openStore(folder);
});
afterEach(() => rm(folder, {recursive: true}));

const sweep = syntheticSweep({seeds: [1], poisonFactors: [0, 0.8], analyses: ['margin', 'line']});

/** The same jobs in a folder of their own. */
function as(experiment: string, records: readonly ResultRecord[]): ResultRecord[] {
  return records.map((record) => ({...record, experiment}));
}

async function write(records: readonly ResultRecord[]): Promise<void> {
  for (const record of records) await store.writeRecord(record);
}

it('gives each run of each experiment an address of its own, though they share runs', async () => {
  await write([...as('first', sweep), ...as('second', sweep)]);
  const experiments = await loadExperiments(folder);
  const pages = experiments.flatMap((experiment) =>
    experiment.records.runs().map((run) => runPage(run, experiment)),
  );
  const short = sweep.flatMap((record) => (record.kind === 'run' ? [record.identity.slice(0, 16)] : []));
  expect(pages.toSorted()).toEqual(
    short.flatMap((name) => [`runs/${name}-second.html`, `runs/${name}.html`]).toSorted(),
  );
  const figures = experiments.flatMap((experiment) =>
    experiment.records.runs().map((run) => runFigure(run, experiment, 'curves')),
  );
  expect(new Set(figures).size).toBe(4);
});

it('leaves the pages of an experiment that ships where they are, whatever else has its runs', async () => {
  await write([...as('my-toy', sweep), ...as('toy', sweep)]);
  const experiments = await loadExperiments(folder);
  expect(
    experiments.map(({record, addresses}) => [record.experiment, addresses.values().next().value]),
  ).toEqual([
    ['my-toy', expect.stringMatching(/^[0-9a-f]{16}-my-toy$/)],
    ['toy', expect.stringMatching(/^[0-9a-f]{16}$/)],
  ]);
});

it('sorts experiments by name, though a folder may come before one whose name it begins with', async () => {
  await write([...as('ab-c', sweep), ...as('ab', sweep)]);
  expect((await loadExperiments(folder)).map(({record}) => record.experiment)).toEqual(['ab', 'ab-c']);
});

it('stops at a record that says otherwise than its identity', async () => {
  await write(sweep);
  const run = sweep.find((record) => record.kind === 'run');
  const line = sweep.findLast((record) => record.kind === 'analysis' && record.analysis === 'line');
  if (run?.kind !== 'run' || line?.kind !== 'analysis' || line.analysis !== 'line') throw new Error('none');
  await store.writeRecord({...run, dataset: {...run.dataset, fingerprint: 'of other points'}});
  await store.writeRecord({...line, settings: {...line.settings, maximum: 9}});
  const refused = loadExperiments(folder);
  await expect(refused).rejects.toThrow(`${store.pathOf(run)} is no valid record: identity: expected`);
  await expect(refused).rejects.toThrow(`${store.pathOf(line)} is no valid record: identity: expected`);
});

it('leaves out analyses whose run is not there', async () => {
  await write(sweep);
  const run = sweep.find((record) => record.kind === 'run');
  if (run === undefined) throw new Error('expected a run');
  await rm(store.pathOf(run));
  const [experiment] = await loadExperiments(folder);
  expect(experiment?.done).toBe(3);
  expect(experiment?.analyses.map(({poisonFactor}) => poisonFactor)).toEqual([0.8, 0.8]);
});
