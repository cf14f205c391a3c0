import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {float32Decimals} from './float32-decimals.ts';
import {formatRecord} from './format-record.ts';
import type {Json} from './json.ts';
import {readRecordText} from './read-record-text.ts';
import {syntheticRun, syntheticSweep} from './testing/index.ts';
import {withoutProvenance} from './without-provenance.ts';

const run = syntheticRun();

/** JSON as a file can hold it: no −0, no `__proto__`. */
const plainJson = fc
  .jsonValue()
  .filter((value) => !JSON.stringify(value).includes('__proto__'))
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);

describe('formatRecord', () => {
  it('is read back as the record it came from', () => {
    for (const record of syntheticSweep({seeds: [2], poisonFactors: [0.08]})) {
      expect(readRecordText(formatRecord(record), 'x')).toEqual(record);
    }
  });

  it('gives back any free JSON and any finite number exactly', () => {
    const double = fc.double({noNaN: true, noDefaultInfinity: true});
    fc.assert(
      fc.property(plainJson, double, fc.nat({max: Number.MAX_SAFE_INTEGER}), (spec, value, seed) => {
        const record = {...run, seed, spec: {value, spec}};
        const back = readRecordText(formatRecord(record), 'x');
        expect(back).toEqual({...record, spec: {value: value + 0, spec}});
        expect(formatRecord(back)).toBe(formatRecord(record));
      }),
    );
  });

  it('writes a list of numbers on one line and ends with a newline', () => {
    const lines = formatRecord(run).split('\n');
    expect(lines.filter((line) => line.includes('"step": [0,500,'))).toHaveLength(1);
    expect(lines.at(-1)).toBe('');
    expect(lines.length).toBeLessThan(90);
  });
});

describe('withoutProvenance', () => {
  it('makes records equal that differ only in when and where they were made', () => {
    const later = {...run, provenance: {...run.provenance, createdAt: '2027-01-01T00:00:00Z', wallSeconds: 1}};
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
