import {invalid} from './safetensors-error.ts';
import {parseJson, scanHeader} from './scan-header.ts';

/** Bytes of one entry of each type that is read. */
export const BYTES_PER_ENTRY = {
  F16: 2,
  BF16: 2,
  F32: 4,
  F64: 8,
  I8: 1,
  U8: 1,
  I16: 2,
  U16: 2,
  I32: 4,
  U32: 4,
  I64: 8,
} as const;

export type SafetensorsType = keyof typeof BYTES_PER_ENTRY;

/** Where one tensor lies; offsets are in bytes from the start of the data. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: SafetensorsType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their data. */
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Checks all that a header claims, so that no later step need doubt it: one flat object, no key twice, metadata of
 * strings, known types, shapes that hold as many bytes as their offsets span, and offsets that cover the data without
 * a gap or an overlap.
 *
 * @param dataLength bytes that follow the header
 * @throws {SafetensorsError} naming the first thing that is wrong
 */
export function parseSafetensorsHeader(
  text: string,
  dataLength: number,
  maximumTensors: number,
): SafetensorsHeader {
  scanHeader(text, maximumTensors);
  const {__metadata__: metadata = {}, ...tensors} = record(parseJson(text), 'the header');
  const entries = Object.entries(tensors).map(([name, entry]) => tensorEntry(name, entry));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const {name, begin, end} of entries) {
    if (begin !== covered) throw invalid(`the data of "${name}" to begin at byte ${covered}`, `${begin}`);
    covered = end;
  }
  if (covered !== dataLength) throw invalid(`${covered} bytes of data`, `${dataLength}`);
  const texts = record(metadata, '"__metadata__"');
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value !== 'string') throw invalid(`text as "${key}" of "__metadata__"`, quoted(value));
  }
  return {entries, metadata: texts as Record<string, string>};
}

function tensorEntry(name: string, value: unknown): TensorEntry {
  const {dtype, shape, data_offsets: offsets} = record(value, `"${name}"`);
  if (!isType(dtype)) {
    throw invalid(`one of ${Object.keys(BYTES_PER_ENTRY).join(', ')} as dtype of "${name}"`, quoted(dtype));
  }
  if (!isSizes(shape)) throw invalid(`sizes >= 0 as shape of "${name}"`, quoted(shape));
  if (!isSizes(offsets)) throw invalid(`two data_offsets >= 0 in "${name}"`, quoted(offsets));
  const [begin, end, third] = offsets;
  if (begin === undefined || end === undefined || third !== undefined || begin > end) {
    throw invalid(`two ascending data_offsets in "${name}"`, quoted(offsets));
  }
  const bytes = shape.reduce((product, length) => product * length, BYTES_PER_ENTRY[dtype]);
  if (!Number.isSafeInteger(bytes))
    throw invalid(`a shape of less than 2^53 bytes in "${name}"`, `[${shape}]`);
  if (bytes !== end - begin)
    throw invalid(`${bytes} bytes for shape [${shape}] of "${name}"`, `${end - begin}`);
  return {name, dtype, shape, begin, end};
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}

function isType(value: unknown): value is SafetensorsType {
  return typeof value === 'string' && Object.hasOwn(BYTES_PER_ENTRY, value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(`${what} to be a JSON object`, quoted(value));
  }
  return value as Record<string, unknown>;
}
