import {z} from 'zod';
import {basinDataSchema} from './analyses/basin.ts';
import {boundaryDataSchema} from './analyses/boundary.ts';
import {connectivityDataSchema} from './analyses/connectivity.ts';
import {curvatureDataSchema} from './analyses/curvature.ts';
import {lineDataSchema} from './analyses/line.ts';
import {llcDataSchema} from './analyses/llc.ts';
import {marginDataSchema} from './analyses/margin.ts';
import {minefieldDataSchema} from './analyses/minefield.ts';
import {preconditionedDataSchema} from './analyses/preconditioned.ts';
import {predictionsDataSchema} from './analyses/predictions.ts';
import {searchDataSchema} from './analyses/search.ts';
import {spectrumDataSchema} from './analyses/spectrum.ts';
import {surfaceDataSchema} from './analyses/surface.ts';
import {trajectoryDataSchema} from './analyses/trajectory.ts';
import {
  algorithmVersionsSchema,
  numericsSchema,
  poisonFactorSchema,
  seedSchema,
  sha256Schema,
  slugSchema,
} from './fields.ts';
import {jsonObjectSchema} from './json.ts';
import {provenanceSchema} from './provenance.ts';

function analysisOf<N extends string, D extends z.ZodType>(name: N, data: D) {
  return z.strictObject({
    schemaVersion: z.literal(1),
    kind: z.literal('analysis'),
    analysis: z.literal(name),
    identity: sha256Schema,
    experiment: slugSchema,
    run: sha256Schema.describe('Identity of the run whose checkpoint was measured'),
    checkpoint: sha256Schema.describe('Hash of the checkpoint that was measured'),
    seed: seedSchema,
    poisonFactor: poisonFactorSchema,
    numerics: numericsSchema,
    algorithmVersions: algorithmVersionsSchema,
    settings: jsonObjectSchema,
    data,
    provenance: provenanceSchema,
  });
}

/** One measurement of one checkpoint. A new analysis is a data schema and a line here. */
export const analysisRecordSchema = z.discriminatedUnion('analysis', [
  analysisOf('boundary', boundaryDataSchema),
  analysisOf('line', lineDataSchema),
  analysisOf('surface', surfaceDataSchema),
  analysisOf('basin', basinDataSchema),
  analysisOf('preconditioned', preconditionedDataSchema),
  analysisOf('curvature', curvatureDataSchema),
  analysisOf('spectrum', spectrumDataSchema),
  analysisOf('llc', llcDataSchema),
  analysisOf('margin', marginDataSchema),
  analysisOf('predictions', predictionsDataSchema),
  analysisOf('trajectory', trajectoryDataSchema),
  analysisOf('connectivity', connectivityDataSchema),
  analysisOf('search', searchDataSchema),
  analysisOf('minefield', minefieldDataSchema),
]);
