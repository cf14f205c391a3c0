import {cpSync, readFileSync, writeFileSync} from 'node:fs';
import type {RunRecord} from '@minefield/results';
import {type Store, openStore} from '@minefield/results/node';
import {syntheticSweep} from '@minefield/results/testing';
import {toyProfiles} from '@minefield/spec';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {minefield} from '../../test/in-process.ts';
import {ownProcess} from '../../test/own-process.ts';

const {at, start, remove} = ownProcess();
afterAll(remove);

/** The same run, had it done so well on points never seen. */
function withTest(run: RunRecord, accuracy: number): RunRecord {
  const {final} = run.data;
  if (final === null) return run;
  const elsewhere = {testAccuracy: accuracy, freshAccuracy: accuracy};
  const generalizationGap = final.trainAccuracy - accuracy;
  return {...run, data: {...run.data, final: {...final, ...elsewhere, generalizationGap}}};
}

beforeAll(async () => {
  const records = syntheticSweep();
  const store = openStore(at('synthetic'));
  for (const record of records) {
    if (record.kind === 'run' && record.poisonFactor === 0) await store.writeRecord(withTest(record, 0.99));
    else if (record.kind !== 'experiment') await store.writeRecord(record);
    else {
      const {seeds, poisonFactors} = record.spec;
      const {alternatives: _polished, ...analyses} = toyProfiles.full.analyses;
      const spec = {...toyProfiles.full, analyses, seeds, poisonFactors, decides: [1, 2, 3, 4, 5]};
      await store.writeRecord({...record, spec});
    }
  }
});

function copyOfRecords(name: string): Store {
  cpSync(at('synthetic'), at(name), {recursive: true});
  return openStore(at(name));
}

describe('minefield agreement', () => {
  it('prints how far the measurements agree, as a table and as a document', async () => {
    const table = await minefield('agreement', '--results', at('synthetic'));
    expect(table.code).toBe(0);
    expect(table.out).toContain("Spearman's ρ over 24 networks of toy, volumes at a loss of 0.5");
    expect(table.out).toMatch(
      / 1 {2}poison factor +1\.000\n 2 {2}generali[sz]ation gap +0\.\d\d\d {2}1\.000\n/,
    );
    const {out} = await minefield('agreement', '--results', at('synthetic'), '--json');
    const {quantities, rho} = JSON.parse(out) as {quantities: string[]; rho: number[][]};
    expect(rho).toHaveLength(quantities.length);
    const missing = await minefield('agreement', '--results', 'nowhere');
    expect(missing.code).toBe(2);
    expect(missing.notes).toContain('no results of "toy"');
  });
});

describe('minefield verify', () => {
  it('prints the claims with figures, and exits with 0 where none fails', async () => {
    const {code, out} = await minefield('verify', '--results', at('synthetic'));
    expect(out).toMatch(/^ 1 {2}pass {7}Good minimum/m);
    expect(out).toMatch(/^ {4}ours {7}train 100% \(100%, 100%, 100%\), test/m);
    expect(out).toMatch(/^ {4}criterion {2}median over seeds: train 100%, on points never seen/m);
    expect(out).toMatch(/\d pass, 0 fail, \d undecided\n$/);
    expect(Math.max(...out.split('\n').map(({length}) => length))).toBeLessThanOrEqual(100);
    expect(code).toBe(0);
  });

  it('prints the document that other programs read, and writes the same to --out', async () => {
    const {code, out} = await minefield(
      'verify',
      '--results',
      at('synthetic'),
      '--json',
      '--out',
      at('claims.json'),
    );
    expect(code).toBe(0);
    const {claims} = JSON.parse(out) as {claims: Record<string, unknown>[]};
    expect(claims.map(({id}) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 11]);
    for (const claim of claims) {
      expect(Object.keys(claim)).toEqual([
        'id',
        'experiment',
        'title',
        'paper',
        'ours',
        'criterion',
        'verdict',
        'records',
        'measures',
      ]);
    }
    expect(readFileSync(at('claims.json'), 'utf8')).toBe(out);
  });

  it('exits with 1 where a claim fails', async () => {
    const store = copyOfRecords('failing');
    for (const record of await store.readRecords()) {
      if (record.kind === 'run' && record.poisonFactor === 0) await store.writeRecord(withTest(record, 0.5));
    }
    const {code, out} = await minefield('verify', '--results', at('failing'));
    expect(code).toBe(1);
    expect(out).toMatch(/^ 1 {2}fail/m);
  });

  it('names an invalid record and the remedy', async () => {
    const store = copyOfRecords('invalid');
    const [run] = (await store.readRecords()).filter(({kind}) => kind === 'run');
    if (run === undefined) throw new Error('no run');
    const file = store.pathOf(run);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"seed": \d+/, '"seed": "one"'));
    const {code, notes} = await minefield('verify', '--results', at('invalid'));
    expect(code).toBe(2);
    expect(notes).toContain(`${file} is no valid record`);
    expect(notes).toContain('seed: expected');
    expect(notes).toContain('run the experiment again');
  });

  it('refuses records that say otherwise than their identities, and quotes none of them', async () => {
    const store = copyOfRecords('tampered');
    const records = await store.readRecords();
    const run = records.find((record) => record.kind === 'run');
    const basin = records.find(
      (record) => record.kind === 'analysis' && record.analysis === 'basin' && record.run !== run?.identity,
    );
    if (run?.kind !== 'run' || basin?.kind !== 'analysis') throw new Error('no run or no basin');
    const recipe = {...run.spec.recipe, steps: 10 * run.spec.recipe.steps};
    await store.writeRecord({...run, spec: {...run.spec, recipe}});
    await store.writeRecord({...basin, poisonFactor: basin.poisonFactor + 1});
    const {code, out, notes} = await minefield('verify', '--results', at('tampered'));
    expect(code).toBe(2);
    expect(out).toBe('');
    for (const record of [run, basin])
      expect(notes).toContain(`${store.pathOf(record)} is no valid record: identity: `);
    expect(notes).toContain(`got ${run.identity}`);
    expect(notes).toContain('run the experiment again');
    const agreement = await minefield('agreement', '--results', at('tampered'));
    expect(agreement).toMatchObject({code: 2, out: ''});
  });

  it('colours verdicts where colour is wanted, and leaves them plain under NO_COLOR', async () => {
    const args = ['verify', '--results', at('synthetic')];
    const coloured = await start(args, {FORCE_COLOR: '1', NO_COLOR: undefined}).ended;
    const plain = await start(args, {FORCE_COLOR: undefined, NO_COLOR: '1'}).ended;
    expect(coloured.out).toContain('\u001b[32mpass');
    expect(plain.out).not.toContain('\u001b');
  });
});
