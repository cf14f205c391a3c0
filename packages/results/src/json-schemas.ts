import * as z from 'zod';
import {analysisRecordSchema} from './analysis-record.ts';
import {experimentRecordSchema} from './experiment-record.ts';
import {runRecordSchema} from './run-record.ts';

/** A JSON Schema document, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const schemas = {experiment: experimentRecordSchema, run: runRecordSchema, analysis: analysisRecordSchema};

/**
 * The schema of one kind of record for programs in other languages. Checks across fields (equal lengths, the gap's
 * arithmetic) are beyond JSON Schema and live in `parseRecord` alone.
 */
export function recordJsonSchema(kind: keyof typeof schemas): JsonSchema {
  return {title: `Minefield ${kind} record`, ...z.toJSONSchema(schemas[kind], {reused: 'ref'})};
}
