/** What pages ask of an experiment's spec: data are known by their own name, whatever the experiment is called. */
import type {ExperimentRecord} from '@minefield/results';
import {z} from 'zod';

const specSchema = z.object({
  dataset: z
    .object({
      name: z.string(),
      /** Side of a picture that is drawn. */
      size: z.int().optional(),
    })
    .optional(),
});

export type DatasetOfSpec = NonNullable<z.infer<typeof specSchema>['dataset']>;

/** The data that an experiment trains on; undefined where its spec names none. */
export function datasetOf({spec}: ExperimentRecord): DatasetOfSpec | undefined {
  return specSchema.parse(spec).dataset;
}
