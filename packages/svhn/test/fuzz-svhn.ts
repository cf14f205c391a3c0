/** Holds the reader against mutated files: each is read into a sound result or refused with the reader's own error. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {InputError, createGenerator} from '@minefield/core';
import {findSvhn} from '../src/find-svhn.ts';
import type {ByteSource} from '../src/mat/byte-source.ts';
import type {ReadSvhnOptions} from '../src/read-options.ts';
import {readSvhnFile} from '../src/read-svhn-file.ts';
import {readSvhn} from '../src/read-svhn.ts';
import type {SvhnImages} from '../src/svhn-images.ts';
import {mutatedFile} from './mutate-mat.ts';

export interface FuzzSummary {
  readonly files: number;
  readonly read: number;
  readonly refused: number;
  /** What went wrong, with the number of the file. */
  readonly faults: readonly string[];
  /** Processor time of the slowest file. */
  readonly slowestMilliseconds: number;
  /** Bytes in arrays that the reading of one file added at most, garbage among them. */
  readonly memory: number;
}

/** What the reader may spend on pixels, in bytes. */
export const FUZZ_LIMIT: number = 2 ** 25;
/** What it may spend on everything. */
export const FUZZ_MEMORY: number = 2 * FUZZ_LIMIT;

/** Of processor time: on a machine with other things to do, no clock on the wall tells how long a file takes. */
const MOST_MILLISECONDS = 1000;
/** By that clock; a promise that nobody keeps is told by it alone. */
const HANG_MILLISECONDS = 60_000;

/** File `i` depends on the seed and `i` alone. */
export async function fuzzSvhn(files: number, seed: number): Promise<FuzzSummary> {
  const folder = mkdtempSync(join(tmpdir(), 'minefield-fuzz-'));
  const streams = createGenerator(seed, 'fuzz SVHN');
  const faults: string[] = [];
  let [read, slowest, memory] = [0, 0, 0];
  for (let i = 0; i < files; i++) {
    const generator = streams.derive(i);
    const bytes = mutatedFile(generator);
    const first = generator.integer(4);
    const options = {maximumBytes: FUZZ_LIMIT, ...(first > 0 && {first})};
    // One in a hundred by way of the disk, which is slow.
    const path = i % 100 === 0 ? join(folder, 'file.mat') : null;
    if (path !== null) writeFileSync(path, bytes);
    const outcome = await attemptToRead(bytes, path, options);
    slowest = Math.max(slowest, outcome.milliseconds);
    memory = Math.max(memory, outcome.memory);
    if (outcome.read) read++;
    if (outcome.fault !== null) faults.push(`file ${i}: ${outcome.fault}`);
  }
  rmSync(folder, {recursive: true});
  return {files, read, refused: files - read - faults.length, faults, slowestMilliseconds: slowest, memory};
}

interface Outcome {
  readonly read: boolean;
  readonly fault: string | null;
  readonly milliseconds: number;
  readonly memory: number;
}

async function attemptToRead(
  bytes: Uint8Array,
  path: string | null,
  options: ReadSvhnOptions,
): Promise<Outcome> {
  const cpu = process.cpuUsage();
  const before = process.memoryUsage().arrayBuffers;
  let most = before;
  const sample = (): void => {
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  };
  const hang = new AbortController();
  let fault: string | null;
  let read = false;
  try {
    const reading = path === null ? readBytes(bytes, options, sample) : readSvhnFile(path, options);
    const images = await Promise.race([reading, hangs(hang.signal)]);
    fault = unsound(images, options);
    read = fault === null;
  } catch (error) {
    const own = error instanceof InputError && /^svhn\.readSvhnFile: expected .*; /.test(error.message);
    fault = own ? null : error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    hang.abort();
  }
  sample();
  const {user, system} = process.cpuUsage(cpu);
  const milliseconds = (user + system) / 1000;
  const memory = most - before;
  if (milliseconds > MOST_MILLISECONDS) fault ??= `took ${Math.round(milliseconds)} ms`;
  if (memory > FUZZ_MEMORY) fault ??= `took ${memory} bytes`;
  return {read, fault, milliseconds, memory};
}

async function hangs(signal: AbortSignal): Promise<never> {
  await pause(HANG_MILLISECONDS, undefined, {signal}).catch(() => undefined);
  throw new Error('hangs');
}

async function readBytes(
  bytes: Uint8Array,
  options: ReadSvhnOptions,
  sample: () => void,
): Promise<SvhnImages> {
  const source: ByteSource = {
    name: 'memory',
    size: bytes.length,
    readInto: async (target, position) => {
      sample();
      const part = bytes.subarray(position, position + target.length);
      target.set(part);
      return part.length;
    },
  };
  return readSvhn(source, await findSvhn(source, options), options);
}

function unsound(
  {pixels, labels, channels, size, available}: SvhnImages,
  {first}: ReadSvhnOptions,
): string | null {
  const sound =
    pixels.length === 1024 * channels * size &&
    pixels.length <= FUZZ_LIMIT &&
    labels.length === size &&
    labels.every((label) => label < 10) &&
    size === (first ?? available) &&
    size <= available;
  return sound
    ? null
    : `unsound: ${pixels.length} pixels, ${labels.length} labels of ${size} images, ${channels} channels`;
}
