import {property, refuse, shown} from './refuse.ts';

/** A tensor of a saved model, in the words of TensorFlow.js. */
export interface SavedWeight {
  readonly name: string;
  readonly shape: number[];
  readonly dtype: 'float32' | 'int32';
  /** Of what the optimizer keeps, which nobody reads here. */
  readonly group?: 'optimizer';
}

/** Tensors whose bytes stand one after another in the same files. */
export interface WeightGroup {
  /** Names in the folder of the model, in order. */
  readonly files: readonly string[];
  /** Of all these files together. */
  readonly bytes: number;
  readonly weights: readonly SavedWeight[];
}

/** Far above any network that is measured here. */
const MOST_BYTES = 2 ** 30;

const MOST_WEIGHTS = 20_000;

const MOST_FILES = 10_000;

/**
 * The groups of a `weightsManifest`. What it calls paths has to be names: a model is read from its own folder alone.
 *
 * @throws {InputError} when a field is missing or of another kind, a weight is quantized or no float32, the name of a file leads
 * elsewhere, or there are more than 1 GiB
 */
export function weightGroups(manifest: unknown): WeightGroup[] {
  const groups = list(manifest, '"weightsManifest"').map(weightGroup);
  const bytes = groups.reduce((sum, group) => sum + group.bytes, 0);
  if (bytes > MOST_BYTES) refuse('at most 1 GiB of weights', `${bytes} bytes`, 'measure a smaller model');
  const files = groups.flatMap((group) => group.files).length;
  if (files > MOST_FILES) refuse(`at most ${MOST_FILES} files of weights`, String(files));
  const names = groups.flatMap(({weights}) => weights.map(({name}) => name));
  if (names.length > MOST_WEIGHTS) refuse(`at most ${MOST_WEIGHTS} weights`, String(names.length));
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) refuse('weights of different names', `${shown(name)} twice`);
    seen.add(name);
  }
  return groups;
}

function weightGroup(group: unknown, index: number): WeightGroup {
  const where = `"weightsManifest[${index}]`;
  const files = list(property(group, 'paths'), `${where}.paths"`).map((path, i) =>
    fileName(path, `${where}.paths[${i}]"`),
  );
  const weights = list(property(group, 'weights'), `${where}.weights"`).map((weight, i) =>
    savedWeight(weight, `${where}.weights[${i}]`),
  );
  return {files, weights, bytes: weights.reduce((sum, {shape}) => sum + 4 * sizeOf(shape), 0)};
}

function list(value: unknown, field: string): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : refuse(`an array as ${field}`, shown(value));
}

/** One of any system: what a browser saves begins with `./`. */
function fileName(path: unknown, field: string): string {
  const name = typeof path === 'string' ? path.replace(/^\.\//, '') : '';
  if (/^[^/\\:\p{Cc}]{1,255}$/u.test(name) && !/^\.*$/.test(name)) return name;
  return refuse(
    `the name of a file as ${field}`,
    shown(path),
    'put the files of the weights beside the model',
  );
}

function savedWeight(weight: unknown, field: string): SavedWeight {
  const [name, shape, dtype, quantization, group] = ['name', 'shape', 'dtype', 'quantization', 'group'].map(
    (key) => property(weight, key),
  );
  if (typeof name !== 'string') refuse(`a name as ${field}.name"`, shown(name));
  const whose = `${field}" (${shown(name)})`;
  if (quantization !== undefined && quantization !== null) {
    refuse(
      `numbers of float32 as ${whose}`,
      'quantized ones',
      'save the model without quantization: rounded weights are no minimum of anything',
    );
  }
  const kept = group === 'optimizer' && dtype === 'int32' ? dtype : 'float32';
  if (dtype !== kept) refuse(`numbers of float32 as ${whose}`, shown(dtype), 'save the model in float32');
  const lengths = Array.isArray(shape) ? (shape as unknown[]) : [Number.NaN];
  if (!lengths.every((length) => Number.isInteger(length) && Number(length) >= 0) || lengths.length > 6) {
    refuse(`lengths of axes as the shape of ${whose}`, shown(shape));
  }
  return {name, shape: lengths.map(Number), dtype: kept, ...(group === 'optimizer' && {group})};
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
