import {analysisNames} from '@minefield/spec';
import {Ajv2020} from 'ajv/dist/2020.js';
import {describe, expect, it} from 'vitest';
import {recordJsonSchema} from './json-schemas.ts';
import {syntheticSweep} from './testing/index.ts';

const records = [
  ...syntheticSweep({seeds: [1], poisonFactors: [0, 0.8]}),
  ...syntheticSweep({
    experiment: 'minefield',
    seeds: [1],
    poisonFactors: [0],
    analyses: ['search', 'minefield'],
  }),
];

describe('recordJsonSchema', () => {
  it.each(['experiment', 'run', 'analysis'] as const)(
    'accepts each %s record, says an independent validator',
    (kind) => {
      const ajv = new Ajv2020({formats: {'date-time': true}});
      const validate = ajv.compile(recordJsonSchema(kind));
      const [first, ...others] = records.filter((record) => record.kind === kind);
      for (const record of [first, ...others]) {
        validate(record);
        expect(validate.errors).toBeNull();
      }
      expect(validate({...first, experiment: 3})).toBe(false);
      expect(validate({...first, unknown: 3})).toBe(false);
    },
  );

  it('stays small: shared parts are written once', () => {
    expect(JSON.stringify(recordJsonSchema('analysis')).length).toBeLessThan(4000 * analysisNames.length);
  });
});
