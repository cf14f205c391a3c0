/** The reader of records against mutated records of every kind. */
import {readFileSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {drawFrom, oneOf} from '../../../.ci/fuzz/draw.ts';
import type {FuzzTarget} from '../../../.ci/fuzz/fuzz.ts';
import {mutatedJson} from '../../../.ci/fuzz/mutate-json.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {formatRecord} from '../src/format-record.ts';
import {InvalidRecordError} from '../src/invalid-record-error.ts';
import {readRecordText} from '../src/read-record-text.ts';

const results = fileURLToPath(new URL('../../../results', import.meta.url));

/** The smallest committed record of each kind, and runs of points and of pictures. */
const small: readonly unknown[] = [
  'house-numbers/run',
  'house-numbers/margin',
  'house-numbers/predictions',
  'minefield/run',
  'minefield/search',
  'svhn/basin',
  'svhn/curvature',
  'svhn/preconditioned',
  'svhn/spectrum',
  'svhn/surface',
  'toy/connectivity',
  'toy/line',
  'toy/llc',
  'minefield/experiment.json',
].map(sampleOf);

/** Long ones come seldom, so that a million take minutes. */
const long: readonly unknown[] = [
  'toy/boundary',
  'toy/trajectory',
  'minefield/minefield',
  'house-numbers/experiment.json',
].map(sampleOf);

export const recordsTarget: FuzzTarget<string> = {
  input(seed, i) {
    const draw = drawFrom(seed, i);
    return mutatedJson(draw, oneOf(draw, draw(50) === 0 ? long : small));
  },
  read(text) {
    try {
      const written = formatRecord(readRecordText(text, 'a-record.json'));
      const again = formatRecord(readRecordText(written, 'a-record.json'));
      return again === written ? 'accepted' : {fault: 'read otherwise once it was written'};
    } catch (error) {
      return refusal(error, [InvalidRecordError]);
    }
  },
};

function sampleOf(place: string): unknown {
  const path = join(results, place);
  const files = path.endsWith('.json') ? [path] : readdirSync(path).map((name) => join(path, name));
  const [smallest = ''] = files.toSorted((a, b) => statSync(a).size - statSync(b).size);
  return JSON.parse(readFileSync(smallest, 'utf8'));
}
