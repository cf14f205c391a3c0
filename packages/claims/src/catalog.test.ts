import type {ExperimentRecord} from '@minefield/results';
import {experiments} from '@minefield/spec';
import {describe, expect, it} from 'vitest';
import {verifyClaims} from './verify.ts';

const specs = Object.values(experiments).flatMap((profiles) => Object.values(profiles));
const deciding = specs.filter(({decides}) => decides.length > 0);

describe('a spec of the catalog that decides claims', () => {
  it.each(deciding.map((spec) => [`${spec.experiment} ${spec.profile}`, spec] as const))(
    'has what they are judged by, and is as broad as their criteria ask: %s',
    (_, spec) => {
      const {experiment, profile, title} = spec;
      const record: ExperimentRecord = {
        schemaVersion: 1,
        kind: 'experiment',
        experiment,
        profile,
        title,
        spec,
        jobs: [],
      };
      const {claims} = verifyClaims(record, []);
      expect(claims.map(({id}) => id)).toEqual(expect.arrayContaining([...spec.decides]));
      for (const {id, ours} of claims)
        if (spec.decides.includes(id))
          expect(ours, `claim ${id}`).not.toMatch(/criterion needs|no clean level/);
    },
  );
});
