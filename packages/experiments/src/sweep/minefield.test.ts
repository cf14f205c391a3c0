import {InputError} from '@minefield/core';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type AnalysisOf, type ResultRecord, recordSet} from '@minefield/results';
import {openStore} from '@minefield/results/node';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {contents} from '../testing/contents.ts';
import {TINY_MINEFIELD_JOBS, tinyMinefield} from '../testing/tiny-minefield.ts';
import {decodeCheckpoint, decodeStack} from '@minefield/models';
import type {Executor} from '../execute/executor.ts';
import {inlineExecutor} from '../execute/inline-executor.ts';
import {minefieldProfiles} from '@minefield/spec';
import {evaluatedNetwork, networkOf} from '../materials/network.ts';
import {parseSpec} from '@minefield/spec';
import {processPool} from '../execute/process-pool.ts';
import type {RunSummary} from './run-events.ts';
import {runExperiment} from './run-experiment.ts';
import {portable} from '../testing/portable.ts';

const root = mkdtempSync(join(tmpdir(), 'minefield-map-'));
const reference = join(root, 'reference');
const model = evaluatedNetwork(networkOf(tinyMinefield.model, tinyMinefield.dataset), null);

async function sweep(folder: string, executor: Executor = inlineExecutor(portable)): Promise<RunSummary> {
  try {
    const store = openStore(folder);
    return await runExperiment(tinyMinefield, {store, executor, ...portable});
  } finally {
    await executor.close();
  }
}

let records: readonly ResultRecord[];
let searches: readonly AnalysisOf<'search'>[];
let map: AnalysisOf<'minefield'>;

beforeAll(async () => {
  await sweep(reference);
  records = await openStore(reference).readRecords('tiny-minefield');
  const set = recordSet(records);
  searches = set.analyses('search').toSorted((a, b) => (a.data.start[0] ?? 0) - (b.data.start[0] ?? 0));
  const [found] = set.analyses('minefield');
  if (found === undefined) throw new Error('no map');
  map = found;
});

afterAll(() => rmSync(root, {recursive: true, force: true}));

describe('the minefield', () => {
  it('gives the same bytes again, with one worker process and with two', async () => {
    const expected = contents(reference);
    for (const workers of [1, 2]) {
      const folder = join(root, `workers-${workers}`);
      expect(await sweep(folder, processPool({workers, ...portable}))).toMatchObject({
        done: TINY_MINEFIELD_JOBS,
        failed: [],
      });
      expect(contents(folder)).toEqual(expected);
    }
  });

  it('does nothing the second time', async () => {
    expect(await sweep(reference)).toMatchObject({done: 0, reused: TINY_MINEFIELD_JOBS});
  });

  it('searches from every start along the path, and maps path and minima', () => {
    expect(searches.flatMap(({data}) => data.start)).toEqual([16, 32, 48, 64]);
    const {path, minima, stepsPerEpoch, parameters, embedding} = map.data;
    expect(path.step).toEqual([8, 16, 24, 32, 40, 48, 56, 64]);
    expect(minima.start).toEqual([16, 32, 48, 64]);
    expect(minima.trainAccuracy).toEqual(searches.flatMap(({data}) => data.trainAccuracy));
    expect(stepsPerEpoch).toBe(4);
    expect(parameters).toBe(model.layout.dimension);
    expect(embedding.explainedVariance).toHaveLength(5);
    expect(embedding.explainedVariance.toSorted((a, b) => b - a)).toEqual(embedding.explainedVariance);
    expect(embedding.explainedVariance.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1);
  });

  it('walks the path that the run took: the same accuracies, and the same end', () => {
    const [run] = recordSet(records).runs();
    expect(map.data.path.testAccuracy).toEqual(run?.data.curves.testAccuracy);
    expect(map.data.path.trainAccuracy.at(-1)).toBe(run?.data.final?.trainAccuracy);
    expect(run?.dataset).toMatchObject({name: 'regular-spirals', train: 40, test: 20, poison: 20});
    expect(run?.data.final).toMatchObject({freshAccuracy: null, freshPoints: 0});
  });

  it('keeps the minima: the last search begins where the path ends, as far away as its record says', async () => {
    const store = openStore(reference);
    const [run] = recordSet(records).runs();
    const last = searches.at(-1)?.data;
    if (last === undefined || last.checkpoint === null) throw new Error('no minima');
    const end = decodeCheckpoint(
      await store.readCheckpoint('tiny-minefield', run?.data.checkpoint?.sha256 ?? ''),
      model.layout,
    );
    const found = decodeStack(
      await store.readCheckpoint('tiny-minefield', last.checkpoint.sha256),
      model.layout,
      last.start.length,
    );
    const distance = Math.hypot(...end.map((value, i) => value - (found.at(-1)?.[i] ?? 0)));
    expect(last.distance.at(-1)).toBeCloseTo(distance, 4);
    expect(distance).toBeGreaterThan(0.1);
  });

  it('makes a damaged file of minima anew, and keeps the map, which read the same bytes', async () => {
    const folder = join(root, 'damaged');
    await sweep(folder);
    const file = join(folder, 'tiny-minefield', searches[0]?.data.checkpoint?.file ?? '');
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await sweep(folder)).toMatchObject({done: 1, reused: TINY_MINEFIELD_JOBS - 1, failed: []});
    expect(contents(folder)).toEqual(contents(reference));
  });

  it('makes a map anew that read other minima', async () => {
    const folder = join(root, 'stale');
    await sweep(folder);
    const own = openStore(folder);
    const [, ...others] = map.data.searches;
    await own.writeRecord({...map, data: {...map.data, searches: ['a'.repeat(64), ...others]}});
    expect(await sweep(folder)).toMatchObject({done: 1, reused: TINY_MINEFIELD_JOBS - 1, failed: []});
    expect(contents(folder)).toEqual(contents(reference));
  });

  it('has no map where a search failed, and says so of both', async () => {
    const inner = inlineExecutor(portable);
    const refusing: Executor = {
      ...inner,
      execute: (task, options) =>
        task.kind === 'analyze' &&
        'starts' in task.job.spec.settings &&
        task.job.spec.settings.starts.includes(16)
          ? Promise.reject(new InputError('refused'))
          : inner.execute(task, options),
    };
    const {done, failed} = await sweep(join(root, 'refused'), refusing);
    expect(done).toBe(2);
    expect(failed.map(({error}) => error)).toEqual(['refused', 'the search that it reads failed']);
  });
});

describe('minefieldProfiles', () => {
  it.each(Object.entries(minefieldProfiles))(
    '%s is a valid spec, and survives a trip through JSON',
    (_, spec) => {
      expect(parseSpec(JSON.parse(JSON.stringify(spec)), 'a profile')).toEqual(spec);
    },
  );

  it('refuses starts that the run does not evaluate, and a map without searches', () => {
    const {search, minefield} = tinyMinefield.analyses;
    const odd = {...tinyMinefield, analyses: {search: {...search, every: 12}, minefield}};
    expect(() => parseSpec(odd, 'a spec')).toThrow(
      /analyses\.search\.every: expected a multiple of .*, 8, got 12/,
    );
    const alone = {...tinyMinefield, analyses: {minefield}};
    expect(() => parseSpec(alone, 'a spec')).toThrow(
      /analyses\.minefield: expected analyses\.search beside it/,
    );
  });
});
