/** Holds the reader against mutated files: each is read into a sound result or refused with the reader's own error. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createGenerator} from '@minefield/core';
import type {ByteSource} from '../src/mat/byte-source.ts';
import {
  type ReadSvhnOptions,
  type SvhnImages,
  findSvhn,
  readSvhn,
  readSvhnFile,
} from '../src/svhn/read-svhn-file.ts';
import {mutatedFile} from './mutate-mat.ts';

export interface FuzzSummary {
  readonly files: number;
  readonly read: number;
  readonly refused: number;
  /** What went wrong, with the number of the file. */
  readonly faults: readonly string[];
  readonly slowestMilliseconds: number;
  /** Growth of the process at its peak, in bytes, after its first files. */
  readonly memory: number;
}

/** What the reader may spend on pixels, in bytes. */
export const FUZZ_LIMIT: number = 2 ** 25;
/** Of all memory; more than the limit, for it is that of the whole process. */
export const FUZZ_MEMORY: number = 2 * FUZZ_LIMIT;

const MOST_MILLISECONDS = 1000;
/** Files after which the process has its usual size. */
const WARM_UP = 1000;

/** File `i` depends on the seed and `i` alone. */
export async function fuzzSvhn(files: number, seed: number): Promise<FuzzSummary> {
  const folder = mkdtempSync(join(tmpdir(), 'minefield-fuzz-'));
  const streams = createGenerator(seed, 'fuzz SVHN');
  const faults: string[] = [];
  let [read, slowest, before] = [0, 0, 0];
  for (let i = 0; i < files; i++) {
    if (i === Math.min(WARM_UP, files - 1)) before = process.resourceUsage().maxRSS;
    const generator = streams.derive(i);
    const bytes = mutatedFile(generator);
    const first = generator.integer(4);
    const options = {maximumBytes: FUZZ_LIMIT, ...(first > 0 && {first})};
    // One in a hundred by way of the disk, which is slow.
    const path = i % 100 === 0 ? join(folder, 'file.mat') : null;
    if (path !== null) writeFileSync(path, bytes);
    const attempt = (): Promise<Outcome> => attemptToRead(bytes, path, options);

    let outcome = await attempt();
    // A machine with other things to do may keep anyone waiting once.
    if (outcome.milliseconds > MOST_MILLISECONDS) outcome = await attempt();
    slowest = Math.max(slowest, outcome.milliseconds);
    if (outcome.read) read++;
    if (outcome.fault !== null) faults.push(`file ${i}: ${outcome.fault}`);
  }
  rmSync(folder, {recursive: true});
  const memory = (process.resourceUsage().maxRSS - before) * 1024;
  return {files, read, refused: files - read - faults.length, faults, slowestMilliseconds: slowest, memory};
}

interface Outcome {
  readonly read: boolean;
  readonly fault: string | null;
  readonly milliseconds: number;
}

async function attemptToRead(
  bytes: Uint8Array,
  path: string | null,
  options: ReadSvhnOptions,
): Promise<Outcome> {
  const start = performance.now();
  let [read, fault]: [boolean, string | null] = [false, null];
  try {
    const images = await (path === null ? readBytes(bytes, options) : readSvhnFile(path, options));
    fault = unsound(images, options);
    read = fault === null;
  } catch (error) {
    const own = error instanceof RangeError && /^datasets\.readSvhnFile: expected .*; /.test(error.message);
    if (!own) fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const milliseconds = performance.now() - start;
  if (milliseconds > MOST_MILLISECONDS) fault ??= `took ${Math.round(milliseconds)} ms`;
  return {read, fault, milliseconds};
}

async function readBytes(bytes: Uint8Array, options: ReadSvhnOptions): Promise<SvhnImages> {
  const source: ByteSource = {
    name: 'memory',
    size: bytes.length,
    readInto: async (target, position) => {
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
