import {z} from 'zod';
import {analysisRecordSchema} from './analysis-record.ts';
import {experimentRecordSchema} from './experiment-record.ts';
import type {JsonObject} from './json.ts';
import type {learningCurvesSchema} from './learning-curves.ts';
import type {provenanceSchema} from './provenance.ts';
import {runRecordSchema} from './run-record.ts';
import type {volumeEstimateSchema} from './volume-estimate.ts';

/** Version that this package writes; older ones are migrated on reading. */
export const schemaVersion = 1;

/** Any record of a results folder. */
export const recordSchema = z.discriminatedUnion('kind', [
  experimentRecordSchema,
  runRecordSchema,
  analysisRecordSchema,
]);

/** Readonly all the way down; free JSON is so by its own type. */
type DeepReadonly<T> = [JsonObject] extends [T] ? T : DeepReadonlyMembers<T>;
type DeepReadonlyMembers<T> = T extends object ? {readonly [K in keyof T]: DeepReadonly<T[K]>} : T;

export type ExperimentRecord = DeepReadonly<z.infer<typeof experimentRecordSchema>>;
export type RunRecord = DeepReadonly<z.infer<typeof runRecordSchema>>;
export type AnalysisRecord = DeepReadonly<z.infer<typeof analysisRecordSchema>>;
export type ResultRecord = ExperimentRecord | RunRecord | AnalysisRecord;

export type AnalysisName = AnalysisRecord['analysis'];
/** The record of one kind of analysis: `AnalysisOf<'basin'>`. */
export type AnalysisOf<N extends AnalysisName> = Extract<AnalysisRecord, {readonly analysis: N}>;

export type ExperimentJob = ExperimentRecord['jobs'][number];
export type FinalMetrics = NonNullable<RunRecord['data']['final']>;
export type LearningCurves = DeepReadonly<z.infer<typeof learningCurvesSchema>>;
export type Provenance = DeepReadonly<z.infer<typeof provenanceSchema>>;
export type VolumeEstimate = DeepReadonly<z.infer<typeof volumeEstimateSchema>>;
export type BasinCutoff = AnalysisOf<'basin'>['data']['cutoffs'][number];
