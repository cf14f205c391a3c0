/** The readers of records and of packs against mutated records of every kind, and against mutated packs of them. */
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gunzipSync, gzipSync} from 'node:zlib';
import {type Draw, drawFrom, oneOf} from '../../../.ci/fuzz/draw.ts';
import type {FuzzTarget, Verdict} from '../../../.ci/fuzz/fuzz.ts';
import {mutatedJson} from '../../../.ci/fuzz/mutate-json.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {formatRecord} from '../src/format-record.ts';
import {InvalidRecordError} from '../src/invalid-record-error.ts';
import {type PackLimits, readPack} from '../src/node/read-pack.ts';
import {formatPack} from '../src/node/write-pack.ts';
import {parseRecord} from '../src/parse-record.ts';
import {readRecordText} from '../src/read-record-text.ts';
import {syntheticAnalysis, syntheticRun} from '../src/testing/index.ts';

const results = fileURLToPath(new URL('../../../results', import.meta.url));

/** The smallest committed record of each kind, and runs of points and of pictures; a made-up one where none is small. */
const small: readonly unknown[] = [
  syntheticAnalysis('perturbation', syntheticRun()),
  ...[
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
  ].map(sampleOf),
];

/** Long ones come seldom, so that a million take minutes. */
const long: readonly unknown[] = [
  'toy/boundary',
  'toy/trajectory',
  'minefield/minefield',
  'house-numbers/experiment.json',
].map(sampleOf);

/** Every fourth input is a pack. */
export const recordsTarget: FuzzTarget<string | Uint8Array> = {
  input(seed, i) {
    const draw = drawFrom(seed, i);
    if (draw(4) === 0) return mutatedPack(draw);
    return mutatedJson(draw, oneOf(draw, draw(50) === 0 ? long : small));
  },
  async read(input) {
    try {
      return typeof input === 'string' ? readText(input) : await readBytes(input);
    } catch (error) {
      return refusal(error, [InvalidRecordError]);
    }
  },
};

function readText(text: string): Verdict {
  const written = formatRecord(readRecordText(text, 'a-record.json'));
  const again = formatRecord(readRecordText(written, 'a-record.json'));
  return again === written ? 'accepted' : {fault: 'read otherwise once it was written'};
}

/** Small, so that inputs of little length go beyond them. */
const limits: PackLimits = {maximumBytes: 2 ** 17, maximumLineBytes: 2 ** 15, maximumRecords: 12};

/** Accepted are packs that give back their records once they are written again, with whatever lines are refused. */
async function readBytes(bytes: Uint8Array): Promise<Verdict> {
  const {lines, byStart} = await readPack(bytes, 'a-pack.jsonl.gz', limits);
  let verdict: Verdict = 'accepted';
  for (const {source, value, fault} of lines) {
    try {
      if (fault !== undefined) throw fault;
      parseRecord(value, source);
    } catch (error) {
      verdict = refusal(error, [InvalidRecordError]);
      if (typeof verdict === 'object') return verdict;
    }
  }
  const sound = [...byStart].map(([start, {value}]): [string, unknown] => [start, value]);
  if (sound.length === 0) return verdict;
  const again = await readPack(await formatPack(new Map(sound)), 'a-pack.jsonl.gz');
  const isSame = sound.every(
    ([start, value]) => JSON.stringify(again.byStart.get(start)?.value) === JSON.stringify(value),
  );
  return isSame && again.byStart.size === sound.length
    ? verdict
    : {fault: 'read otherwise once it was packed again'};
}

function mutatedPack(draw: Draw): Uint8Array {
  const lines = Array.from({length: draw(5)}, () => JSON.stringify(oneOf(draw, small)));
  if (draw(2) === 0)
    lines.splice(draw(lines.length + 1), 0, mutatedJson(draw, oneOf(draw, small)).replaceAll('\n', ' '));
  if (draw(4) === 0) lines.push(oneOf(draw, ['', '{}', '[]', 'null', '\ufeff{}', ...lines]));
  if (draw(20) === 0) lines.push(oneOf(draw, [' ', '\n', '0,']).repeat(draw(2 ** 18)));
  const bytes = gzipSync(lines.join(oneOf(draw, ['\n', '\n', '\n', '\r\n', '\r'])), {level: 1});
  const [at, more] = [draw(bytes.length), draw(256)];
  switch (draw(10)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return bytes.with(at, more);
    case 2:
      return Buffer.concat([bytes, Buffer.alloc(more)]);
    case 3:
      return Buffer.concat([bytes, bytes.subarray(0, at)]);
    default:
      return bytes;
  }
}

/** The shortest of the records that lie there, in a pack or in files. */
function sampleOf(place: string): unknown {
  const path = join(results, place);
  const texts = existsSync(`${path}.jsonl.gz`)
    ? gunzipSync(readFileSync(`${path}.jsonl.gz`))
        .toString()
        .trimEnd()
        .split('\n')
    : filesOf(path).map((file) => readFileSync(file, 'utf8'));
  const [shortest = ''] = texts.toSorted((a, b) => a.length - b.length);
  return JSON.parse(shortest);
}

function filesOf(path: string): string[] {
  return path.endsWith('.json') ? [path] : readdirSync(path).map((name) => join(path, name));
}
