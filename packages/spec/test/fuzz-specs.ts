/** The reader of experiments' specs against mutated specs of the catalog and of committed experiments. */
import {readFileSync} from 'node:fs';
import {drawFrom, oneOf} from '../../../.ci/fuzz/draw.ts';
import type {FuzzTarget} from '../../../.ci/fuzz/fuzz.ts';
import {mutatedJson} from '../../../.ci/fuzz/mutate-json.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {experiments} from '../src/catalog/catalog.ts';
import {InvalidSpecError, parseSpec} from '../src/parse-spec.ts';

const committed = ['toy', 'minefield', 'house-numbers', 'svhn'].map((name) => {
  const file = new URL(`../../../results/${name}/experiment.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as {readonly spec: unknown}).spec;
});

const samples: readonly unknown[] = [
  ...committed,
  ...Object.values(experiments).flatMap((profiles) => Object.values(profiles)),
];

export const specsTarget: FuzzTarget<string> = {
  input(seed, i) {
    const draw = drawFrom(seed, i);
    return mutatedJson(draw, oneOf(draw, samples));
  },
  read(text) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      // Not for this reader: whoever reads a file says that it is no JSON.
      return 'refused';
    }
    try {
      const written = JSON.stringify(parseSpec(value, 'a-spec.json'));
      const again = parseSpec(JSON.parse(written), 'a-spec.json');
      return JSON.stringify(again) === written ? 'accepted' : {fault: 'read otherwise once it was written'};
    } catch (error) {
      return refusal(error, [InvalidSpecError]);
    }
  },
};
