import type {RunSpec} from '@minefield/spec';
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {float32Decimals} from './float32-decimals.ts';
import {formatRecord} from './format-record.ts';
import {readRecordText} from './read-record-text.ts';
import {syntheticRun, syntheticSweep} from './testing/index.ts';
import {withoutProvenance} from './without-provenance.ts';

const run = syntheticRun();

describe('formatRecord', () => {
  it('is read back as the record it came from', () => {
    for (const record of syntheticSweep({seeds: [2], poisonFactors: [0.08]})) {
      expect(readRecordText(formatRecord(record), 'x')).toEqual(record);
    }
  });

  it('gives back any finite number exactly, and a spec with its keys in the order in which they were written', () => {
    const double = fc.double({noNaN: true, noDefaultInfinity: true, min: 1e-300});
    const order = fc.shuffledSubarray(Object.keys(run.spec), {minLength: Object.keys(run.spec).length});
    fc.assert(
      fc.property(order, double, fc.nat({max: Number.MAX_SAFE_INTEGER}), (keys, learningRate, seed) => {
        const changed = {...run.spec, recipe: {...run.spec.recipe, learningRate}};
        const spec = Object.fromEntries(keys.map((key) => [key, changed[key as keyof RunSpec]]));
        const record = {...run, seed, spec: spec as unknown as RunSpec};
        const back = readRecordText(formatRecord(record), 'x');
        expect(back).toEqual(record);
        expect(formatRecord(back)).toBe(formatRecord(record));
      }),
    );
  });

  it('writes a list of numbers on one line and ends with a newline', () => {
    const lines = formatRecord(run).split('\n');
    expect(lines.filter((line) => line.includes('"step": [0,500,'))).toHaveLength(1);
    expect(lines.at(-1)).toBe('');
    expect(lines.length).toBeLessThan(110);
  });
});

describe('withoutProvenance', () => {
  it('makes records equal that differ only in when and where they were made', () => {
    const later = {
      ...run,
      provenance: {...run.provenance, createdAt: '2027-01-01T00:00:00Z', wallSeconds: 1},
    };
    expect(withoutProvenance(later)).toEqual(withoutProvenance(run));
    expect(Object.keys(withoutProvenance(run))).not.toContain('provenance');
    expect(withoutProvenance({...run, seed: 2})).not.toEqual(withoutProvenance(run));
  });
});

describe('float32Decimals', () => {
  it('rounds back to the same float32, whatever it is (save −0)', () => {
    fc.assert(
      fc.property(fc.float32Array({maxLength: 20}), (values) => {
        expect(Float32Array.from(float32Decimals(values))).toEqual(values.map((value) => value + 0));
      }),
    );
  });

  it('is short where a double of the same value is long', () => {
    expect(float32Decimals(Float32Array.of(0.1, 1 / 3, 16777216))).toEqual([0.1, 0.33333334, 16777216]);
  });
});
