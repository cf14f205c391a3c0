/** The data sets that experiments know. A new one is a file in `datasets/` and its line in each of the two tables here. */
import * as z from 'zod';
import {concentricCirclesSchema} from './datasets/concentric-circles.ts';
import {houseNumbersSchema} from './datasets/house-numbers.ts';
import {regularSpiralsSchema} from './datasets/regular-spirals.ts';
import {svhnSchema} from './datasets/svhn.ts';
import {twoSpiralsSchema} from './datasets/two-spirals.ts';

export const datasetSchema = z.discriminatedUnion('name', [
  twoSpiralsSchema,
  regularSpiralsSchema,
  concentricCirclesSchema,
  houseNumbersSchema,
  svhnSchema,
]);

export type DatasetSpec = Readonly<z.infer<typeof datasetSchema>>;
export type DatasetName = DatasetSpec['name'];
export type DatasetOf<Name extends DatasetName> = Extract<DatasetSpec, {readonly name: Name}>;

/** What one example is. */
export type ExampleKind = 'point' | 'picture';

const exampleKinds: Readonly<Record<DatasetName, ExampleKind>> = {
  'two-spirals': 'point',
  'regular-spirals': 'point',
  'concentric-circles': 'point',
  'house-numbers': 'picture',
  svhn: 'picture',
};

/** Whether examples are pictures rather than points of the plane. */
export function isOfPictures({name}: Pick<DatasetSpec, 'name'>): boolean {
  return exampleKinds[name] === 'picture';
}

/** Shape of a picture, and how many classes there are. */
export interface PictureForm {
  readonly inputShape: readonly [height: number, width: number, channels: number];
  readonly classes: number;
}

/** The form of a data set of pictures: digits, square, in color where the spec does not say otherwise. */
export function pictureFormOf(spec: DatasetSpec): PictureForm {
  const size = ('size' in spec ? spec.size : undefined) ?? 32;
  const channels = ('channels' in spec ? spec.channels : undefined) ?? 3;
  return {inputShape: [size, size, channels], classes: 10};
}
