import {describe, expect, it} from 'vitest';
import {recordSet} from './record-set.ts';
import {syntheticSweep} from './testing/index.ts';

const records = syntheticSweep({seeds: [3, 1, 2], poisonFactors: [0.8, 0, 0.08]});
const other = syntheticSweep({experiment: 'circles', seeds: [1], poisonFactors: [0]});
const set = recordSet([...records, ...other]);

describe('recordSet', () => {
  it('lists runs by experiment, poison factor and seed, whatever order they came in', () => {
    const shuffled = recordSet([...other, ...records.toReversed()]);
    const keys = set.runs({experiment: 'toy'}).map((run) => [run.poisonFactor, run.seed]);
    expect(keys).toEqual([0, 0.08, 0.8].flatMap((level) => [1, 2, 3].map((seed) => [level, seed])));
    expect(shuffled.runs()).toEqual(set.runs());
  });

  it('knows the levels and seeds', () => {
    expect(set.poisonFactors({experiment: 'toy'})).toEqual([0, 0.08, 0.8]);
    expect(set.poisonFactors({experiment: 'circles'})).toEqual([0]);
    expect(set.seeds({experiment: 'toy', poisonFactor: 0.8})).toEqual([1, 2, 3]);
  });

  it('finds the analyses of a kind, by run, level and seed', () => {
    expect(set.analyses('margin', {experiment: 'toy', poisonFactor: 0.08})).toHaveLength(3);
    const [run] = set.runs({experiment: 'toy', seed: 2, poisonFactor: 0.8});
    expect(run).toBeDefined();
    if (run === undefined) return;
    expect(set.run(run.identity)).toBe(run);
    const margin = set.analysis('margin', run);
    expect(margin).toBe(set.analyses('margin', {run: run.identity})[0]);
    expect(margin?.data.distances).toHaveLength(200);
    expect(recordSet([run]).analysis('margin', run)).toBeUndefined();
  });

  it('finds experiments by name', () => {
    expect(set.experiments.map(({experiment}) => experiment)).toEqual(['toy', 'circles']);
    expect(set.experiment('toy')?.jobs).toHaveLength(9 * 19);
    expect(set.experiment('svhn')).toBeUndefined();
  });

  it('refuses to choose among several analyses of one kind', () => {
    const [run] = set.runs();
    const [margin] = set.analyses('margin', {run: run?.identity ?? ''});
    if (run === undefined || margin === undefined) throw new Error('expected a run with a margin');
    const twice = recordSet([
      run,
      margin,
      {...margin, identity: 'f'.repeat(64), settings: {angles: 1000, maximum: 1}},
    ]);
    expect(() => twice.analysis('margin', run)).toThrow(
      /expected one margin of run .*, got 2; choose among analyses\(\)/,
    );
    expect(twice.analyses('margin')).toHaveLength(2);
  });

  it('refuses the same record twice', () => {
    const [record] = records.filter(({kind}) => kind === 'run');
    if (record === undefined) throw new Error('expected a run');
    expect(() => recordSet([record, record])).toThrow(/expected each record once, got [0-9a-f]{64} twice/);
  });
});
