import {createHash} from 'node:crypto';
import {InputError} from '@minefield/core';
import {type NamedTensor, decodeSafetensors, encodeSafetensors} from '@minefield/safetensors';

/** Raised when parts written before could no longer be read as they were meant. */
const FORMAT = '1';

/** Levels of a state: many more than any has, and few enough for the stack. */
const DEEPEST = 64;

type Tensor = NamedTensor<Float32Array | Float64Array>;

/** What a part says of itself, and what it must say to be used. */
export interface PartLabel {
  /** Job that it belongs to. */
  readonly identity: string;
  readonly name: string;
  /** Names the files that the job reads; another checkpoint makes another part. */
  readonly basis: string;
}

/**
 * A value as a safetensors file: plain JSON in its metadata, each typed array in it as a tensor, and a hash over all.
 * Numbers that JSON has no word for are kept in typed arrays alone.
 */
export function encodePart(value: unknown, label: PartLabel): Uint8Array {
  const tensors: Tensor[] = [];
  const state = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'number' && !Number.isFinite(item)) {
      throw new InputError(`experiments.encodePart: expected finite numbers outside of arrays, got ${item}`);
    }
    if (!(item instanceof Float32Array || item instanceof Float64Array)) return item;
    return {$tensor: tensors.push({name: String(tensors.length), shape: [item.length], data: item}) - 1};
  });
  const metadata = {format: FORMAT, ...label, state};
  return encodeSafetensors(tensors, {...metadata, sha256: hashOf(tensors, metadata)});
}

/**
 * The value of {@link encodePart}.
 *
 * @throws {InputError} saying why it cannot be used: damaged, of another format, or of another job
 */
export function decodePart(bytes: Uint8Array, label: PartLabel): unknown {
  const {tensors, metadata} = decodeSafetensors(bytes);
  const {sha256, ...signed} = metadata;
  const arrays = tensors.flatMap(({name, shape, data}): Tensor[] =>
    data instanceof Float32Array || data instanceof Float64Array ? [{name, shape, data}] : [],
  );
  if (sha256 !== hashOf(arrays, signed)) throw unusable('it is damaged');
  if (signed['format'] !== FORMAT) throw unusable('another version wrote it');
  if (signed['identity'] !== label.identity || signed['name'] !== label.name)
    throw unusable('it belongs to another job');
  if (signed['basis'] !== label.basis) throw unusable('it was made of other files');
  return restored(parsed(signed['state']), new Map(arrays.map(({name, data}) => [name, data])));
}

function parsed(state: string | undefined): unknown {
  try {
    return JSON.parse(state ?? '');
  } catch {
    throw unusable('its state is no JSON');
  }
}

/** A state with its arrays in their places; where one of them is missing, or a state is none of ours, work would stumble over it. */
function restored(item: unknown, arrays: ReadonlyMap<string, Tensor['data']>, depth = 0): unknown {
  if (item === Infinity || item === -Infinity || depth > DEEPEST) throw unusable('its state is malformed');
  if (typeof item !== 'object' || item === null) return item;
  if (Array.isArray(item)) return item.map((each) => restored(each, arrays, depth + 1));
  if (!Object.hasOwn(item, '$tensor')) {
    const entries = Object.entries(item).map(([key, each]) => [key, restored(each, arrays, depth + 1)]);
    return Object.fromEntries(entries);
  }
  const {$tensor: name} = item as {readonly $tensor: unknown};
  const data = typeof name === 'number' ? arrays.get(String(name)) : undefined;
  if (data === undefined) throw unusable('an array is missing');
  return data;
}

function hashOf(tensors: readonly Tensor[], metadata: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(encodeSafetensors(tensors, metadata)).digest('hex');
}

function unusable(reason: string): RangeError {
  return new InputError(`experiments.decodePart: expected a part of this job, but ${reason}; it is left out`);
}
