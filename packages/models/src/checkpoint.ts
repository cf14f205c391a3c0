import {type ParameterLayout, sliceView, InputError, printable} from '@minefield/core';
import {type DecodedSafetensors, decodeSafetensors, encodeSafetensors} from '@minefield/safetensors';
import {checkPoint} from './checks.ts';
import {architectureOf} from './model-from-name.ts';
import type {Model} from './model.ts';
import {type NormalizedModel, isNormalized} from './normalized/normalized-model.ts';

/** Where the statistics of a network with batch normalization stand. */
type StatisticsLayout = NormalizedModel['statistics'];

/**
 * A flat parameter vector as a safetensors file: one tensor for each slice of the layout, under its name.
 *
 * @param network whose parameters they are: its metadata then say all of its architecture, so that the file can be measured without
 * a word about it; or a layout alone
 * @param metadata besides, or instead
 * @param statistics of batch normalization, which follow the parameters
 * @throws {InputError} when there are more parameters or statistics than the layout has, or fewer
 */
export function encodeCheckpoint(
  theta: Float32Array,
  network: Model | NormalizedModel | ParameterLayout,
  metadata: Readonly<Record<string, string>> = {},
  statistics?: {readonly layout: StatisticsLayout; readonly values: Float32Array},
): Uint8Array {
  if ('layout' in network)
    return encodeCheckpoint(theta, network.layout, {...architectureOf(network), ...metadata}, statistics);
  const layout = network;
  checkPoint('encodeCheckpoint', theta, layout.dimension);
  if (statistics) checkPoint('encodeCheckpoint', statistics.values, statistics.layout.dimension);
  const tensors = layout.slices.map((slice) => ({
    name: slice.name,
    shape: slice.shape,
    data: sliceView(theta, slice),
  }));
  if (statistics === undefined) return encodeSafetensors(tensors, metadata);
  const state = statistics.layout.slices.map(({name, offset, size}) => ({
    name,
    shape: [size],
    data: statistics.values.subarray(offset, offset + size),
  }));
  return encodeSafetensors([...tensors, ...state], metadata);
}

/**
 * Parameters `[P]` of a network and, where it has batch normalization, its statistics `[S]`.
 *
 * @throws {InputError} when the bytes are damaged, or the file's tensors are not those of the network
 */
export function decodeNetwork(
  bytes: Uint8Array,
  network: Model | NormalizedModel,
): {readonly theta: Float32Array; readonly statistics: Float32Array | null} {
  return networkFrom(decodeSafetensors(bytes), network);
}

/** The same from a file that has been decoded already. */
export function networkFrom(
  decoded: DecodedSafetensors,
  network: Model | NormalizedModel,
): {readonly theta: Float32Array; readonly statistics: Float32Array | null} {
  if (!isNormalized(network)) return {theta: thetaOf(decoded, network.layout), statistics: null};
  const names = new Set(network.statistics.slices.map(({name}) => name));
  const [state = [], parameters = []] = [true, false].map((wanted) =>
    decoded.tensors.filter(({name}) => names.has(name) === wanted),
  );
  const statistics = new Float32Array(network.statistics.dimension);
  for (const {name, offset, size} of network.statistics.slices) {
    const tensor = state.find((candidate) => candidate.name === name);
    if (!(tensor?.data instanceof Float32Array) || tensor.data.length !== size) {
      throw mismatch(
        `float32 "${name}" of shape [${size}]`,
        tensor === undefined ? 'none' : `[${tensor.shape}]`,
      );
    }
    statistics.set(tensor.data, offset);
  }
  return {theta: thetaOf({...decoded, tensors: parameters}, network.layout), statistics};
}

/**
 * The flat vector that a checkpoint holds, `[P]`.
 *
 * @throws {InputError} when the bytes are damaged, or the file's tensors are not those of the layout
 */
export function decodeCheckpoint(bytes: Uint8Array, layout: ParameterLayout): Float32Array {
  return thetaOf(decodeSafetensors(bytes), layout);
}

/** The same from a file that has been decoded already. */
export function thetaOf({tensors}: DecodedSafetensors, layout: ParameterLayout): Float32Array {
  // Looked at in whole before anything is allocated: the layout may be a stranger's too.
  const parts = layout.slices.map((slice) => {
    const tensor = tensors.find(({name}) => name === slice.name);
    if (tensor?.data instanceof Float32Array && tensor.shape.join() === slice.shape.join()) {
      return {data: tensor.data, offset: slice.offset};
    }
    throw mismatch(
      `float32 "${slice.name}" of shape [${slice.shape}]`,
      tensor === undefined ? 'none' : `${tensor.dtype} [${tensor.shape}]`,
    );
  });
  const extra = tensors.find(({name}) => !layout.slices.some((slice) => slice.name === name));
  if (extra)
    throw mismatch(
      `the ${layout.slices.length} tensors of the layout`,
      `"${printable(extra.name, 80)}" as well`,
    );
  const theta = new Float32Array(layout.dimension);
  for (const {data, offset} of parts) theta.set(data, offset);
  return theta;
}

function mismatch(expected: string, got: string): RangeError {
  return new InputError(
    `models.decodeCheckpoint: expected ${expected}, got ${got}; use a checkpoint of the same architecture`,
  );
}
