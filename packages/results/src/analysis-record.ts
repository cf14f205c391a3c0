import {type AnalysisName, type AnalysisSettings, analysisNames, analysisSettings} from '@minefield/spec';
import * as z from 'zod';
import {alternativesDataSchema} from './analyses/alternatives.ts';
import {basinDataSchema} from './analyses/basin.ts';
import {boundaryDataSchema} from './analyses/boundary.ts';
import {connectivityDataSchema} from './analyses/connectivity.ts';
import {curvatureDataSchema} from './analyses/curvature.ts';
import {guessDataSchema} from './analyses/guess.ts';
import {linearDataSchema} from './analyses/linear.ts';
import {lineDataSchema} from './analyses/line.ts';
import {llcDataSchema} from './analyses/llc.ts';
import {marginDataSchema} from './analyses/margin.ts';
import {matchedDataSchema} from './analyses/matched.ts';
import {minefieldDataSchema} from './analyses/minefield.ts';
import {perturbationDataSchema} from './analyses/perturbation.ts';
import {preconditionedDataSchema} from './analyses/preconditioned.ts';
import {predictionsDataSchema} from './analyses/predictions.ts';
import {searchDataSchema} from './analyses/search.ts';
import {spectrumDataSchema} from './analyses/spectrum.ts';
import {surfaceDataSchema} from './analyses/surface.ts';
import {trajectoryDataSchema} from './analyses/trajectory.ts';
import {unitsDataSchema} from './analyses/units.ts';
import {
  algorithmVersionsSchema,
  numericsSchema,
  poisonFactorSchema,
  seedSchema,
  sha256Schema,
  slugSchema,
} from './fields.ts';
import {provenanceSchema} from './provenance.ts';

/** What each analysis records. A new analysis is a data schema and a line here. */
const analysisData = {
  boundary: boundaryDataSchema,
  line: lineDataSchema,
  surface: surfaceDataSchema,
  perturbation: perturbationDataSchema,
  basin: basinDataSchema,
  preconditioned: preconditionedDataSchema,
  curvature: curvatureDataSchema,
  spectrum: spectrumDataSchema,
  llc: llcDataSchema,
  margin: marginDataSchema,
  predictions: predictionsDataSchema,
  trajectory: trajectoryDataSchema,
  connectivity: connectivityDataSchema,
  matched: matchedDataSchema,
  alternatives: alternativesDataSchema,
  units: unitsDataSchema,
  guess: guessDataSchema,
  linear: linearDataSchema,
  search: searchDataSchema,
  minefield: minefieldDataSchema,
} satisfies Record<AnalysisName, z.ZodType>;

const commonFields = {
  schemaVersion: z.literal(1),
  kind: z.literal('analysis'),
  identity: sha256Schema,
  experiment: slugSchema,
  run: sha256Schema.describe('Identity of the run whose checkpoint was measured'),
  checkpoint: sha256Schema.describe('Hash of the checkpoint that was measured'),
  seed: seedSchema,
  poisonFactor: poisonFactorSchema,
  numerics: numericsSchema,
  algorithmVersions: algorithmVersionsSchema,
};

type CommonFields = z.infer<z.ZodObject<typeof commonFields>>;

/** What an analysis of one kind records. */
export type AnalysisDataOf<Name extends AnalysisName> = z.infer<(typeof analysisData)[Name]>;

/** One measurement of one checkpoint, by the name of its analysis. */
export type AnalysisRecordOf<Name extends AnalysisName> = CommonFields & {
  analysis: Name;
  settings: AnalysisSettings<Name>;
  data: AnalysisDataOf<Name>;
  provenance: z.infer<typeof provenanceSchema>;
};

type AnyAnalysisRecord = {[Name in AnalysisName]: AnalysisRecordOf<Name>}[AnalysisName];

/** Keys in the order in which files have them. */
function recordOf<Name extends AnalysisName>(name: Name) {
  const {schemaVersion, kind, ...others} = commonFields;
  return z.strictObject({
    schemaVersion,
    kind,
    analysis: z.literal(name),
    ...others,
    settings: analysisSettings[name],
    data: analysisData[name],
    provenance: provenanceSchema,
  });
}

const [first, ...others] = analysisNames.map((name) => recordOf(name));

/** One measurement of one checkpoint. The union over all names is beyond inference, so its type is stated. */
export const analysisRecordSchema = z.discriminatedUnion('analysis', [
  first,
  ...others,
] as never) as unknown as z.ZodType<AnyAnalysisRecord> & z.core.$ZodTypeDiscriminable;
