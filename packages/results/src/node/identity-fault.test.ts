import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {analysisNames} from '@minefield/spec';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {AnalysisRecord, RunRecord} from '../record.ts';
import {syntheticAnalysis, syntheticRun} from '../testing/index.ts';
import {runIdentity} from './job-identity.ts';
import {recordBeside} from './record-beside.ts';
import {openStore, type Store} from './store.ts';

const run = syntheticRun({poisonFactor: 0.5});
const other = syntheticRun({poisonFactor: 0.5, seed: 2});
let directory = '';
let store: Store;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minefield-identities-'));
  store = openStore(directory);
});
afterEach(() => rm(directory, {recursive: true}));

const recipe = {...run.spec.recipe, steps: 1};
const runs: readonly [string, RunRecord][] = [
  ['spec', {...run, spec: {...run.spec, recipe}}],
  ['data', {...run, dataset: {...run.dataset, fingerprint: 'of other points'}}],
  ['seed', {...run, seed: 7}],
  ['poison factor', {...run, poisonFactor: 0.25}],
  ['numerics', {...run, numerics: 'cuda'}],
  ['version', {...run, algorithmVersions: {training: 2}}],
];

/** With another number for the first one among the settings of whatever kind of analysis. */
function withOtherSettings(record: AnalysisRecord): AnalysisRecord {
  const [key = '', value] = Object.entries(record.settings).find(([, one]) => typeof one === 'number') ?? [];
  return {
    ...record,
    settings: {...record.settings, [key]: value < 1 ? value / 2 : value + 2},
  } as AnalysisRecord;
}

describe('a run', () => {
  it.each(runs)(
    'is refused where its %s was changed, by its file and what its identity should be',
    async (_, changed) => {
      const file = await store.writeRecord(changed);
      const {records, faults} = await store.inspect();
      expect(records).toEqual([]);
      expect(faults).toMatchObject([{file, code: 'INVALID'}]);
      expect(faults[0]?.message).toContain(
        `${file} is no valid record: identity: expected ${runIdentity(changed)}, which follows from its spec, data, seed`,
      );
      expect(faults[0]?.message).toMatch(
        new RegExp(`got ${run.identity}\\n {2}move .* aside and run the experiment again`),
      );
      await expect(store.read(run)).rejects.toThrow(/identity: expected/);
      await expect(recordBeside(join(directory, 'toy', 'checkpoints', 'x'), run.identity)).rejects.toThrow(
        /identity: expected/,
      );
    },
  );

  it('is not told from another by its outcome: no hash is of what was measured', async () => {
    const {final} = run.data;
    if (final === null) throw new Error('expected a run that came to an end');
    const changed = {...run, data: {...run.data, final: {...final, trainLoss: final.trainLoss + 1}}};
    await store.writeRecord(changed);
    expect(await store.readRecords()).toEqual([changed]);
  });
});

describe('an analysis', () => {
  it.each(analysisNames)('of the kind %s is refused where its settings were changed', async (name) => {
    const whole = syntheticAnalysis(name, run);
    await store.writeRecord(run);
    await store.writeRecord(syntheticAnalysis('search', run));
    const file = await store.writeRecord(whole);
    expect(await store.read(whole)).toEqual(whole);
    expect((await store.inspect()).faults).toEqual([]);
    await store.writeRecord(withOtherSettings(whole));
    expect((await store.inspect()).faults.map((fault) => fault.file)).toContain(file);
    await expect(store.read(whole)).rejects.toThrow(
      /identity: expected .* which follows from its settings, run, seed/,
    );
  });

  const basin = syntheticAnalysis('basin', run);
  it.each<[string, AnalysisRecord]>([
    ['run', {...basin, run: other.identity}],
    ['seed', {...basin, seed: 7}],
    ['poison factor', {...basin, poisonFactor: 0.25}],
    ['numerics', {...basin, numerics: 'cuda'}],
    ['version', {...basin, algorithmVersions: {basin: 2}}],
  ])('is refused where its %s was changed', async (_, changed) => {
    for (const record of [run, other, changed]) await store.writeRecord(record);
    expect((await store.inspect()).faults.map(({file}) => file)).toEqual([store.pathOf(basin)]);
    await expect(store.read(basin)).rejects.toThrow(/basin.* is no valid record: identity: expected/);
  });

  it('cannot be held where its run is not there, nor a map where a search is not', async () => {
    const map = withOtherSettings(syntheticAnalysis('minefield', run));
    await store.writeRecord(withOtherSettings(basin));
    await store.writeRecord({...map, run: other.identity});
    await store.writeRecord(other);
    expect((await store.inspect()).faults).toEqual([]);
  });
});
