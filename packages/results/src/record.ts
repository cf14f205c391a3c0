import type {AnalysisName, DeepReadonly} from '@minefield/spec';
import * as z from 'zod';
import {type AnalysisRecordOf, analysisRecordSchema} from './analysis-record.ts';
import {experimentRecordSchema} from './experiment-record.ts';
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

export type ExperimentRecord = DeepReadonly<z.infer<typeof experimentRecordSchema>>;
export type RunRecord = DeepReadonly<z.infer<typeof runRecordSchema>>;
/** The record of one kind of analysis: `AnalysisOf<'basin'>`. */
export type AnalysisOf<Name extends AnalysisName> = AnalysisRecords[Name];
export type AnalysisRecord = AnalysisRecords[AnalysisName];
type AnalysisRecords = {readonly [Name in AnalysisName]: DeepReadonly<AnalysisRecordOf<Name>>};
export type ResultRecord = ExperimentRecord | RunRecord | AnalysisRecord;

export type ExperimentJob = ExperimentRecord['jobs'][number];
export type FinalMetrics = NonNullable<RunRecord['data']['final']>;
export type LearningCurves = DeepReadonly<z.infer<typeof learningCurvesSchema>>;
export type Provenance = DeepReadonly<z.infer<typeof provenanceSchema>>;
export type VolumeEstimate = DeepReadonly<z.infer<typeof volumeEstimateSchema>>;
export type BasinCutoff = AnalysisOf<'basin'>['data']['cutoffs'][number];
