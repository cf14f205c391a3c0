import type {CheckpointTensor} from './checkpoint-tensor.ts';
import type {ParameterLayout} from './parameter-layout.ts';
import {placeTensors, stateRules, type TensorRule} from './tensor-mapping.ts';
import {InputError} from './input-error.ts';
import {printable} from './printable.ts';

export interface ImportedParameters {
  /** `[P]`. */
  readonly theta: Float32Array;
  /** Batch-norm statistics and the like, under the names that the rules give them. */
  readonly state: readonly CheckpointTensor<Float32Array>[];
}

/**
 * The flat vector of a checkpoint with names and axes of its own, such as a PyTorch state dict. Numbers of double precision
 * are rounded to single.
 *
 * @param tensors as `decodeSafetensors` of `@minefield/safetensors` gives them
 * @param rules one for each tensor; `pytorchLinear` and its like make them
 * @throws {InputError} naming the tensor that is missing, left over, of another shape or type, or not finite
 * @example
 * const {tensors} = decodeSafetensors(bytes);
 * const {theta} = importParameters(tensors, layout, pytorchLinear('fc', 'dense0'));
 */
export function importParameters(
  tensors: readonly CheckpointTensor[],
  layout: ParameterLayout,
  rules: readonly TensorRule[],
): ImportedParameters {
  const placed = placeTensors('importParameters', layout, rules);
  const left = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const take = (name: string): CheckpointTensor => {
    const tensor = left.get(name);
    left.delete(name);
    if (tensor !== undefined) return tensor;
    throw bad(`a tensor "${name}"`, `none among ${quoted(tensors.map((other) => other.name))}`);
  };
  const theta = new Float32Array(layout.dimension);
  for (const {tensor: name, slice, shape, source} of placed) {
    const tensor = take(name);
    if (tensor.shape.join() !== shape.join()) {
      throw bad(`"${name}" of shape [${shape}] for "${slice.name}"`, `[${tensor.shape}]`);
    }
    const values = finiteSingles(tensor);
    // As many as the slice has entries, and `source` names each once.
    source.forEach((from, to) => {
      theta[slice.offset + to] = values[from] ?? Number.NaN;
    });
  }
  const state: CheckpointTensor<Float32Array>[] = [];
  for (const {tensor: name, state: target} of stateRules(rules)) {
    const tensor = take(name);
    if (target !== null) state.push({name: target, shape: tensor.shape, data: finiteSingles(tensor)});
  }
  if (left.size > 0) throw bad('a rule for each tensor', `none for ${quoted([...left.keys()])}`);
  return {theta, state};
}

function finiteSingles({name, shape, data}: CheckpointTensor): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  if (data.length !== size) throw bad(`${size} numbers in "${name}"`, `${data.length}`);
  if (data instanceof BigInt64Array || data instanceof Int32Array)
    throw bad(`floating-point numbers in "${name}"`, 'whole ones');
  const values = Float32Array.from(data);
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return values;
  throw bad(`finite float32 numbers in "${name}"`, `${data[index]} at ${index}`);
}

/** A few names, and how many more there are. */
function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `"${printable(name, 80)}"`);
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return shown.length === 0 ? 'no tensors' : shown.join(', ') + more;
}

function bad(expected: string, got: string): RangeError {
  return new InputError(
    `core.importParameters: expected ${expected}, got ${got}; use a checkpoint of the architecture that layout and rules ` +
      'describe',
  );
}
