/** Holds the reader against mutated files: each is read into a sound result or refused with the reader's own error. */
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {type Generator, InputError, createGenerator} from '@minefield/core';
import type {FuzzTarget, Verdict} from '../../../.ci/fuzz/fuzz.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {findSvhn} from '../src/find-svhn.ts';
import type {ByteSource} from '../src/mat/byte-source.ts';
import type {ReadSvhnOptions} from '../src/read-options.ts';
import {readSvhnFile} from '../src/read-svhn-file.ts';
import {readSvhn} from '../src/read-svhn.ts';
import type {SvhnImages} from '../src/svhn-images.ts';
import {mutatedFile} from './mutate-mat.ts';

/** What the reader may spend on pixels, in bytes. */
export const FUZZ_LIMIT: number = 2 ** 25;
/** What it may spend on everything. */
export const FUZZ_MEMORY: number = 2 * FUZZ_LIMIT;

/** By the clock on the wall; a promise that nobody keeps is told by it alone. */
const HANG_MILLISECONDS = 60_000;

/** @param folder where one in a hundred files is read from, by way of the disk */
export function svhnTarget(folder: string): FuzzTarget<Uint8Array> & {
  /** Bytes in arrays that the reading of one file added at most, garbage among them. */
  memory: number;
} {
  const generatorOf = (seed: number, i: number): Generator => createGenerator(seed, 'fuzz SVHN').derive(i);
  const target = {
    memory: 0,
    /** One of 32 MiB is inflated and turned around. */
    mostMilliseconds: 1000,
    input: (seed: number, i: number) => mutatedFile(generatorOf(seed, i)),
    async read(bytes: Uint8Array, i: number): Promise<Verdict> {
      const first = generatorOf(0, i).integer(4);
      const options = {maximumBytes: FUZZ_LIMIT, ...(first > 0 && {first})};
      const path = i % 100 === 0 ? join(folder, 'file.mat') : null;
      if (path !== null) writeFileSync(path, bytes);
      const {verdict, memory} = await attemptToRead(bytes, path, options);
      target.memory = Math.max(target.memory, memory);
      return verdict;
    },
  };
  return target;
}

interface Outcome {
  readonly verdict: Verdict;
  readonly memory: number;
}

async function attemptToRead(
  bytes: Uint8Array,
  path: string | null,
  options: ReadSvhnOptions,
): Promise<Outcome> {
  const before = process.memoryUsage().arrayBuffers;
  let most = before;
  const sample = (): void => {
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  };
  const hang = new AbortController();
  let verdict: Verdict;
  try {
    const reading = path === null ? readBytes(bytes, options, sample) : readSvhnFile(path, options);
    const fault = unsound(await Promise.race([reading, hangs(hang.signal)]), options);
    verdict = fault === null ? 'accepted' : {fault};
  } catch (error) {
    const own = error instanceof Error && /^svhn\.readSvhnFile: expected .*; /.test(error.message);
    verdict = refusal(error, own ? [InputError] : []);
  } finally {
    hang.abort();
  }
  sample();
  const memory = most - before;
  if (memory > FUZZ_MEMORY && typeof verdict === 'string') verdict = {fault: `took ${memory} bytes`};
  return {verdict, memory};
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
