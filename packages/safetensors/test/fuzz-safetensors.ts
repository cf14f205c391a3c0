/** Holds the reader against mutated files: each is read into a sound result or refused with the reader's own error. */
import {readFileSync} from 'node:fs';
import {type DecodedSafetensors, decodeSafetensors} from '../src/decode-safetensors.ts';
import {SafetensorsError} from '../src/safetensors-error.ts';
import {drawFrom, mutatedFile} from './mutate-safetensors.ts';

export interface FuzzSummary {
  readonly read: number;
  readonly refused: number;
  /** What went wrong, with the number of the file. */
  readonly faults: readonly string[];
  readonly slowest: {readonly file: number; readonly bytes: number; readonly milliseconds: number};
}

/** Of processor time, for one file. */
const MOST_MILLISECONDS = 250;

/** File `i` depends on the seed and `i` alone. */
export function fuzzSafetensors(files: number, seed: number): FuzzSummary {
  const reference = readFileSync(new URL('fixtures/reference.safetensors', import.meta.url));
  const faults: string[] = [];
  let [read, refused] = [0, 0];
  let slowest = {file: 0, bytes: 0, milliseconds: 0};
  for (let file = 0; file < files; file++) {
    const bytes = mutatedFile(drawFrom(Math.imul(seed, 0x9e3779b1) + file), reference);
    const before = process.cpuUsage();
    const fault = faultOf(bytes);
    const {user, system} = process.cpuUsage(before);
    const milliseconds = (user + system) / 1000;
    if (milliseconds > slowest.milliseconds) slowest = {file, bytes: bytes.length, milliseconds};
    if (fault === 'refused') refused++;
    else if (fault === null) read++;
    else faults.push(`file ${file}: ${fault}`);
    if (milliseconds > MOST_MILLISECONDS) faults.push(`file ${file}: took ${Math.round(milliseconds)} ms`);
  }
  return {read, refused, faults, slowest};
}

function faultOf(bytes: Uint8Array): string | null {
  try {
    return unsound(decodeSafetensors(bytes), bytes.length);
  } catch (error) {
    const own =
      error instanceof SafetensorsError &&
      /^safetensors\.decodeSafetensors: expected .*, got .*; the file is damaged/s.test(error.message) &&
      error.message.length < 500;
    return own ? 'refused' : error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** A second look at what was read. */
function unsound({tensors, metadata}: DecodedSafetensors, length: number): string | null {
  let total = 0;
  for (const {name, dtype, shape, data} of tensors) {
    const size = shape.reduce((product, count) => product * count, 1);
    if (size !== data.length) return `"${name}" has ${data.length} numbers of shape [${shape}]`;
    total += size * (dtype === 'F32' ? 4 : dtype === 'F64' || dtype === 'I64' ? 8 : 2);
  }
  if (total > length - 8) return `${total} bytes of tensors in a file of ${length}`;
  if (new Set(tensors.map(({name}) => name)).size < tensors.length) return 'two tensors of one name';
  return Object.values(metadata).every((text) => typeof text === 'string')
    ? null
    : 'metadata that is no text';
}
