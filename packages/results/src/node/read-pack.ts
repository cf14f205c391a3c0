import {createGunzip} from 'node:zlib';
import {InvalidRecordError} from '../invalid-record-error.ts';
import {readJson} from '../read-json.ts';
import {shortIdentity} from '../short-identity.ts';
import {utf8Text} from './utf8-text.ts';

/** How much of a pack is read; what has more is refused before it takes more memory. */
export interface PackLimits {
  /** What it holds, in bytes. */
  readonly maximumBytes: number;
  /** One line of it, in bytes. */
  readonly maximumLineBytes: number;
  readonly maximumRecords: number;
}

const NEWLINE = 10;

export const packLimits: PackLimits = {
  maximumBytes: 2 ** 28,
  maximumLineBytes: 2 ** 26,
  maximumRecords: 2 ** 16,
};

/** A line of a pack: JSON that a record is to be read from, or what is wrong with it. */
export interface PackLine {
  /** Names the line in errors: `toy/run.jsonl.gz:17`. */
  readonly source: string;
  readonly value: unknown;
  /** The start of the identity that it names; undefined where it names none. */
  readonly identityStart: string | undefined;
  readonly fault: InvalidRecordError | undefined;
}

/** What a pack holds. */
export interface Pack {
  readonly lines: readonly PackLine[];
  /** The lines that name an identity, each by its start. */
  readonly byStart: ReadonlyMap<string, PackLine>;
  /** Length of all lines. */
  readonly bytes: number;
}

/**
 * Reads a pack: gzip of one JSON value a line. It is unpacked piece by piece, and no further than the limits. Of the values no
 * more is looked at than that no two lines name the same identity.
 *
 * @param source - names the pack in errors: its path
 * @throws {InvalidRecordError} where it is no whole gzip, is empty, or holds more than the limits let through. What is wrong
 *   with one line is told there: the checksum of the gzip vouches for the others.
 */
export async function readPack(
  content: Uint8Array,
  source: string,
  limits: PackLimits = packLimits,
): Promise<Pack> {
  const lines: PackLine[] = [];
  const byStart = new Map<string, PackLine>();
  let bytes = 0;
  for await (const text of textLines(content, source, limits)) {
    if (lines.length === limits.maximumRecords)
      throw invalid(source, `expected at most ${limits.maximumRecords} lines, got more`);
    const line = lineOf(text, `${source}:${lines.length + 1}`, limits, byStart);
    lines.push(line);
    bytes += text.length + 1;
    if (line.identityStart !== undefined && line.fault === undefined) byStart.set(line.identityStart, line);
  }
  if (lines.length === 0) throw invalid(source, 'expected a record, got nothing');
  return {lines, byStart, bytes};
}

function lineOf(
  text: Uint8Array,
  source: string,
  {maximumLineBytes}: PackLimits,
  before: ReadonlyMap<string, PackLine>,
): PackLine {
  try {
    const value = readJson(utf8Text(text, source), source, {maximumLength: maximumLineBytes});
    const identityStart = startOf(value);
    const first = identityStart === undefined ? undefined : before.get(identityStart);
    const fault = first && invalid(source, `expected each record once, got that of ${first.source} again`);
    return {source, value, identityStart, fault};
  } catch (error) {
    if (!(error instanceof InvalidRecordError)) throw error;
    return {source, value: undefined, identityStart: undefined, fault: error};
  }
}

function startOf(value: unknown): string | undefined {
  const identity =
    typeof value === 'object' && value !== null && 'identity' in value ? value.identity : undefined;
  return typeof identity === 'string' && /^[0-9a-f]{64}$/.test(identity)
    ? shortIdentity(identity)
    : undefined;
}

/** The lines of what a gzip holds, without their ends; the last one may lack its end. */
async function* textLines(
  content: Uint8Array,
  source: string,
  {maximumBytes, maximumLineBytes}: PackLimits,
): AsyncGenerator<Buffer> {
  let total = 0;
  /** Pieces of a line that has not ended yet, and how long they are. */
  let [begun, length]: [Buffer[], number] = [[], 0];
  for await (const piece of gunzipped(content, source)) {
    total += piece.length;
    if (total > maximumBytes)
      throw invalid(source, `expected at most ${maximumBytes} bytes unpacked, got more`);
    let start = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...begun, piece.subarray(start, end)]);
      [start, begun, length] = [end + 1, [], 0];
    }
    begun.push(piece.subarray(start));
    length += piece.length - start;
    if (length > maximumLineBytes)
      throw invalid(source, `expected lines of at most ${maximumLineBytes} bytes, got more`);
  }
  if (length > 0) yield Buffer.concat(begun);
}

async function* gunzipped(content: Uint8Array, source: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({chunkSize: 2 ** 18});
  gunzip.end(content);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    const isZlib = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
    throw isZlib ? invalid(source, `expected a whole gzip file, got ${error.message}`) : error;
  }
  // Zeros after the end are passed over in silence otherwise.
  const rest = content.length - gunzip.bytesWritten;
  if (rest > 0) throw invalid(source, `expected nothing after the end of the gzip, got ${rest} bytes`);
}

function invalid(source: string, message: string): InvalidRecordError {
  return new InvalidRecordError(source, [{path: '', message}]);
}
