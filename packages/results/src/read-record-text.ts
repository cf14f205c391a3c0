import {parseRecord} from './parse-record.ts';
import {type ReadRecordOptions, readJson} from './read-json.ts';
import type {ResultRecord} from './record.ts';

/**
 * Reads a record from the text of its file.
 *
 * @throws {InvalidRecordError} on text that is too long, no JSON, holds a `__proto__` key, or is no record.
 */
export function readRecordText(text: string, source: string, options: ReadRecordOptions = {}): ResultRecord {
  return parseRecord(readJson(text, source, options), source);
}
