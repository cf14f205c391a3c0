import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gunzipSync, gzipSync} from 'node:zlib';
import {openStore, packRecords, unpackRecords} from '@minefield/results/node';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {inlineExecutor} from '../execute/inline-executor.ts';
import {contents} from '../testing/contents.ts';
import {portable} from '../testing/portable.ts';
import {TINY_JOBS, tinySpec} from '../testing/tiny-spec.ts';
import type {RunEvent, RunSummary} from './run-events.ts';
import {runExperiment} from './run-experiment.ts';
import {sweepStatus} from './sweep-status.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-packed-'));
const store = openStore(folder);
const all = {all: true};
let reference: ReadonlyMap<string, string>;

beforeAll(async () => {
  await sweep();
  reference = contents(folder);
  await packRecords(folder, 'tiny', all);
});
afterAll(() => rmSync(folder, {recursive: true}));

async function sweep(): Promise<{summary: RunSummary; moved: string[]}> {
  const moved: string[] = [];
  const onEvent = (event: RunEvent): void => void (event.type === 'moved-aside' && moved.push(event.from));
  const summary = await runExperiment(tinySpec, {
    store,
    executor: inlineExecutor(portable),
    ...portable,
    onEvent,
  });
  return {summary, moved};
}

/** Packed, with all that was made anew, the records are what they were. */
async function expectAsBefore(): Promise<void> {
  await packRecords(folder, 'tiny', all);
  rmSync(join(folder, 'tiny', 'quarantine'), {recursive: true, force: true});
  await unpackRecords(folder, 'tiny');
  expect(contents(folder)).toEqual(reference);
  await packRecords(folder, 'tiny', all);
}

it('makes nothing anew of what lies in packs, and knows that it is done', async () => {
  const {summary, moved} = await sweep();
  expect(summary).toMatchObject({done: 0, reused: TINY_JOBS, failed: []});
  expect(moved).toEqual([]);
  expect(await sweepStatus(store, 'tiny')).toMatchObject({jobs: TINY_JOBS, done: TINY_JOBS});
  expect(readdirSync(join(folder, 'tiny'))).not.toContain('run');
});

it('makes anew what a bad line was of, and whatever a damaged pack held, each with the same bytes', async () => {
  const [basin, margin] = ['basin', 'margin'].map((kind) => join(folder, 'tiny', `${kind}.jsonl.gz`));
  const [, ...rest] = gunzipSync(readFileSync(basin ?? ''))
    .toString()
    .split('\n');
  writeFileSync(basin ?? '', gzipSync(['{', ...rest].join('\n')));
  const margins = (await store.list('tiny')).filter(({kind}) => kind === 'margin').length;
  writeFileSync(margin ?? '', readFileSync(margin ?? '').subarray(0, -1));
  const {summary, moved} = await sweep();
  expect(moved.toSorted()).toEqual([basin, margin]);
  expect(summary).toMatchObject({done: 1 + margins, reused: TINY_JOBS - 1 - margins, failed: []});
  expect((await sweep()).summary).toMatchObject({done: 0, reused: TINY_JOBS});
  await expectAsBefore();
});

it('takes a run out of its pack whose checkpoint is lost, and trains it anew', async () => {
  const run = (await store.readRecords('tiny')).find((record) => record.kind === 'run');
  const {file = ''} = run?.data.checkpoint ?? {};
  rmSync(join(folder, 'tiny', file));
  const {summary, moved} = await sweep();
  expect(moved).toEqual([run && store.pathOf(run)]);
  expect(summary).toMatchObject({done: 1, reused: TINY_JOBS - 1, failed: []});
  await expectAsBefore();
});
