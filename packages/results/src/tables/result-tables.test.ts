import {describe, expect, it} from 'vitest';
import type {AnalysisOf, ResultRecord} from '../record.ts';
import {syntheticAnalysis, syntheticRun, syntheticSweep} from '../testing/index.ts';
import {resultTables} from './result-tables.ts';
import type {Cell, TableColumn} from './table.ts';

const bad = syntheticRun({poisonFactor: 0.8});
const diverged = syntheticRun({seed: 2, poisonFactor: 0.8, outcome: 'diverged'});
const basin = syntheticAnalysis('basin', bad);
const {runs, curves, radii, volumes} = resultTables;

/** The basin with another cutoff in the place of its first. */
function withCutoff(changes: Partial<AnalysisOf<'basin'>['data']['cutoffs'][number]>): AnalysisOf<'basin'> {
  const [first, ...others] = basin.data.cutoffs;
  if (first === undefined) throw new Error('expected a cutoff');
  return {...basin, data: {...basin.data, cutoffs: [{...first, ...changes}, ...others]}};
}

describe('runs', () => {
  it('have a row for each run, with its numbers as they are', () => {
    const [row, ...others] = runs.rows(bad);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      run: bad.identity,
      poison_factor: 0.8,
      train_loss: bad.data.final?.trainLoss,
      generalization_gap: bad.data.final?.generalizationGap,
      outcome: 'completed',
      dataset_label: null,
      checkpoint: bad.data.checkpoint?.sha256,
    });
  });

  it('have no number at the end of one that diverged, and say that it did', () => {
    const [row] = runs.rows(diverged);
    expect(row).toMatchObject({
      outcome: 'diverged',
      train_loss: null,
      generalization_gap: null,
      fresh_points: null,
    });
    expect(row?.['steps']).toBe(diverged.data.steps);
  });
});

describe('curves', () => {
  it('have a row for each evaluation', () => {
    const rows = curves.rows(bad);
    const {step, testLoss, gradientNorm} = bad.data.curves;
    expect(rows.map((row) => row['step'])).toEqual(step);
    expect(rows.map((row) => row['test_loss'])).toEqual(testLoss);
    expect(rows.map((row) => row['gradient_norm'])).toEqual(gradientNorm);
  });

  it('end where a run diverged', () => {
    expect(curves.rows(diverged)).toHaveLength(3);
  });
});

describe('radii', () => {
  it('have a row for each direction of each cutoff', () => {
    const rows = radii.rows(withCutoff({radii: [0.5, null, 2], censored: 1}));
    const ofFirst = rows.filter(({cutoff_kind, cutoff}) => cutoff_kind === 'loss' && cutoff === 0.25);
    expect(ofFirst.map(({direction, radius, censored}) => ({direction, radius, censored}))).toEqual([
      {direction: 0, radius: 0.5, censored: false},
      {direction: 1, radius: null, censored: true},
      {direction: 2, radius: 2, censored: false},
    ]);
    expect(ofFirst[1]).toMatchObject({
      run: bad.identity,
      measurement: basin.identity,
      maximum_radius: 3,
      threshold: 0.25,
    });
    expect(rows).toHaveLength(
      3 + basin.data.cutoffs.slice(1).reduce((sum, each) => sum + each.radii.length, 0),
    );
  });
});

describe('volumes', () => {
  it('have a row for each cutoff of each estimator, and null where there is no basin', () => {
    const none = {applicable: false, radii: [], censored: 0, meanRadius: null, relative: null, raw: null};
    const [row, second] = volumes.rows(withCutoff(none));
    expect(row).toMatchObject({
      applicable: false,
      mean_radius: null,
      log_volume: null,
      verdict: null,
      censored: null,
    });
    const {relative, raw, meanRadius} = basin.data.cutoffs[1] ?? {};
    expect(second).toMatchObject({
      estimator: 'basin',
      applicable: true,
      mean_radius: meanRadius,
      log_volume: relative?.logVolume,
      raw_log_volume: raw?.logVolume,
      stable_log_volume: relative?.stableLogVolume,
      reason: relative?.reason,
    });
    const stretched = syntheticAnalysis('preconditioned', bad);
    const rows = volumes.rows(stretched);
    expect(rows.map(({estimator, mean_radius}) => [estimator, mean_radius])).toEqual(
      stretched.data.cutoffs.map(() => ['preconditioned', null]),
    );
  });
});

const sweep: readonly ResultRecord[] = [...syntheticSweep({seeds: [1], poisonFactors: [0, 0.8]}), diverged];

describe.each(Object.entries(resultTables))('the table of %s', (_, table) => {
  const rows = sweep.flatMap((record) => table.rows(record));

  it('is made from its kinds of records alone', () => {
    const kinds = new Set(
      sweep.flatMap((record) => {
        const kind = record.kind === 'analysis' ? record.analysis : record.kind;
        return table.rows(record).length > 0 ? [kind] : [];
      }),
    );
    expect([...kinds].toSorted()).toEqual(table.kinds.toSorted());
  });

  it('has in every row a cell for each column, in their order, of its type, and null only where that says something', () => {
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(Object.keys(table.columns));
      for (const [name, column] of Object.entries(table.columns))
        expect(fits(row[name], column), name).toBe(true);
    }
  });
});

function fits(cell: Cell | undefined, {type, missing}: TableColumn): boolean {
  if (cell === null) return missing !== undefined;
  if (type === 'integer') return Number.isSafeInteger(cell);
  if (type === 'number') return Number.isFinite(cell);
  return typeof cell === (type === 'text' ? 'string' : 'boolean');
}
