import {randomUUID} from 'node:crypto';
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openStore} from '@minefield/results/node';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {contents} from '../testing/contents.ts';
import {tinyMinefield} from '../testing/tiny-minefield.ts';
import {tinySpec} from '../testing/tiny-spec.ts';
import {inlineExecutor} from '../execute/inline-executor.ts';
import type {RunEvent, RunSummary} from './run-events.ts';
import {runExperiment} from './run-experiment.ts';
import type {RunExperimentOptions} from './sweep-options.ts';
import type {ExperimentSpec} from '@minefield/spec';
import {workFolder} from '../resume/work-folder.ts';
import {portable} from '../testing/portable.ts';

const {basin} = tinySpec.analyses;
if (basin === undefined) throw new Error('the tiny sweep measures basins');
const spec: ExperimentSpec = {
  ...tinySpec,
  recipe: {...tinySpec.recipe, steps: 600, evaluateEvery: 100},
  seeds: [1],
  analyses: {basin: {...basin, directions: 300}},
};
const root = mkdtempSync(join(tmpdir(), 'minefield-resume-'));
let folders = 0;

const newFolder = (): string => join(root, String(folders++));

async function sweep(
  folder: string,
  options: Partial<RunExperimentOptions> & {readonly spec?: ExperimentSpec} = {},
): Promise<{readonly summary: RunSummary; readonly events: readonly RunEvent[]}> {
  const events: RunEvent[] = [];
  const {spec: wanted = spec, onEvent, ...others} = options;
  const summary = await runExperiment(wanted, {
    store: openStore(folder),
    executor: inlineExecutor(portable),
    ...portable,
    snapshotSeconds: 0,
    onEvent: (event) => {
      events.push(event);
      onEvent?.(event);
    },
    ...others,
  });
  return {summary, events};
}

/** Runs until `when` says so for the `count`th time, and breaks off. */
async function breakOff(
  folder: string,
  when: (event: RunEvent) => boolean,
  count: number,
  options: Parameters<typeof sweep>[1] = {},
): Promise<void> {
  const controller = new AbortController();
  let left = count;
  const {summary} = await sweep(folder, {
    ...options,
    signal: controller.signal,
    onEvent: (event) => {
      if (when(event) && --left === 0) controller.abort();
    },
  });
  expect(summary.interrupted).toBe(true);
}

const progressed = (event: RunEvent): boolean => event.type === 'progress' && event.progress.fraction > 0;
const parts = (folder: string, name = 'tiny'): string[] => {
  try {
    return readdirSync(join(folder, name, '.work')).toSorted();
  } catch {
    return [];
  }
};
const firstFraction = (events: readonly RunEvent[]): number =>
  events.find((event) => event.type === 'progress')?.progress.fraction ?? 0;

const reference = newFolder();

beforeAll(async () => {
  await sweep(reference);
});

afterAll(() => rmSync(root, {recursive: true, force: true}));

describe('a job that was broken off', () => {
  it('goes on with its training where its last snapshot was, and ends with the same bytes', async () => {
    const folder = newFolder();
    const training = {...spec, analyses: {}};
    const halfDone = (event: RunEvent): boolean =>
      event.type === 'progress' && event.progress.fraction >= 0.5;
    await breakOff(folder, halfDone, 1, {spec: training});
    const [snapshot = '', ...others] = parts(folder).filter((name) => name.endsWith('.training.safetensors'));
    expect(others).toHaveLength(1);
    // Left by a worker that outlived its sweep for a moment.
    const left = `.${snapshot}.00000000-1.${randomUUID()}.tmp`;
    writeFileSync(join(folder, 'tiny', '.work', left), '');
    const {summary, events} = await sweep(folder, {spec: training});
    expect(summary).toMatchObject({done: 2, failed: []});
    // From its beginning, the first word would come after 100 of the 600 steps at the latest.
    expect(firstFraction(events)).toBeGreaterThanOrEqual(0.5);
    expect(events.filter(({type}) => type === 'note')).toEqual([]);
    await sweep(folder);
    expect(contents(folder)).toEqual(contents(reference));
    expect(readdirSync(join(folder, 'tiny'))).not.toContain('.work');
  });

  it('goes on in other groups, and beside networks that came less far', async () => {
    const folder = newFolder();
    const store = openStore(folder);
    await breakOff(folder, progressed, 2, {networks: 1});
    await breakOff(folder, progressed, 4, {networks: 1});
    const {summary} = await sweep(folder, {networks: 8});
    expect(summary.failed).toEqual([]);
    expect(await workFolder(store, 'tiny').stepOf('a'.repeat(64))).toBe(0);
    expect(contents(folder)).toEqual(contents(reference));
  });

  it('goes on with its radii after the last rays that are finished', async () => {
    const folder = newFolder();
    await breakOff(folder, () => parts(folder).some((name) => name.endsWith('.radii-0.safetensors')), 1);
    const {summary} = await sweep(folder);
    expect(summary).toMatchObject({reused: 2, done: 2, failed: []});
    expect(contents(folder)).toEqual(contents(reference));
    expect(parts(folder)).toEqual([]);
  });

  it('goes on with its searches', async () => {
    const long = structuredClone(tinyMinefield) as typeof tinyMinefield;
    const {search} = long.analyses;
    if (search === undefined) throw new Error('the tiny minefield has searches');
    const slow: ExperimentSpec = {
      ...long,
      analyses: {...long.analyses, search: {...search, recipe: {...search.recipe, steps: 400}}},
    };
    const [whole, broken] = [newFolder(), newFolder()];
    await sweep(whole, {spec: slow});
    const searching = (): boolean =>
      parts(broken, 'tiny-minefield').some((name) => name.includes('.search-'));
    await breakOff(broken, searching, 1, {spec: slow});
    expect((await sweep(broken, {spec: slow})).summary.failed).toEqual([]);
    expect(contents(broken)).toEqual(contents(whole));
    expect(parts(broken, 'tiny-minefield')).toEqual([]);
  });

  it('begins anew where its snapshot is damaged, and says so', async () => {
    const folder = newFolder();
    await breakOff(folder, progressed, 3);
    for (const name of parts(folder)) writeFileSync(join(folder, 'tiny', '.work', name), 'damaged');
    const {events} = await sweep(folder);
    const notes = events.filter((event) => event.type === 'note');
    expect(notes).toHaveLength(2);
    expect(notes[0]?.text).toMatch(/^leaves out its part [0-9a-f]{16}\.training\.safetensors: expected/);
    expect(contents(folder)).toEqual(contents(reference));
    expect(parts(folder)).toEqual([]);
  });
});

it('does only what is asked for, with what that reads', async () => {
  const folder = newFolder();
  const only = (job: {readonly poisonFactor: number}): boolean => job.poisonFactor === 0.8;
  expect((await sweep(folder, {only})).summary).toMatchObject({jobs: 2, done: 2});
  const [head] = (await openStore(folder).readRecords('tiny')).filter(({kind}) => kind === 'experiment');
  expect(head).toMatchObject({jobs: expect.objectContaining({length: 4})});
  expect((await sweep(folder)).summary).toMatchObject({jobs: 4, reused: 2, done: 2});
  expect(contents(folder)).toEqual(contents(reference));
});
