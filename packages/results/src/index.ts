export {featureMapText} from '@minefield/spec';
export type {AnalysisName} from '@minefield/spec';
export {analysisRecordSchema} from './analysis-record.ts';
export {experimentRecordSchema} from './experiment-record.ts';
export {float32Decimals} from './float32-decimals.ts';
export {formatRecord} from './format-record.ts';
export {InvalidRecordError, NewerRecordError} from './invalid-record-error.ts';
export {recordJsonSchema} from './json-schemas.ts';
export type {JsonSchema} from './json-schemas.ts';
export {namedRecords} from './named-records.ts';
export {parseAnalysisRecord, parseExperimentRecord, parseRecord, parseRunRecord} from './parse-record.ts';
export type {ReadRecordOptions} from './read-json.ts';
export {readRecordText} from './read-record-text.ts';
export {recordSchema, schemaVersion} from './record.ts';
export type {
  AnalysisOf,
  AnalysisRecord,
  BasinCutoff,
  ExperimentJob,
  ExperimentRecord,
  FinalMetrics,
  LearningCurves,
  Provenance,
  ResultRecord,
  RunRecord,
  VolumeEstimate,
} from './record.ts';
export {recordSet} from './record-set.ts';
export type {AnalysisFilter, RecordFilter, RecordSet} from './record-set.ts';
export {runRecordSchema} from './run-record.ts';
export {shortIdentity} from './short-identity.ts';
export {resultTables} from './tables/result-tables.ts';
export type {TableName} from './tables/result-tables.ts';
export type {Cell, ResultTable, TableColumn, TableKind, TableRow} from './tables/table.ts';
export {withoutProvenance} from './without-provenance.ts';
