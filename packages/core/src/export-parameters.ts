import type {CheckpointTensor} from './checkpoint-tensor.ts';
import type {ParameterLayout} from './parameter-layout.ts';
import {placeTensors, stateRules, type TensorRule} from './tensor-mapping.ts';
import {InputError} from './input-error.ts';

/**
 * The inverse of {@link importParameters}: tensors with the names and axes of another program, for `encodeSafetensors` of
 * `@minefield/safetensors`.
 * Tensors whose rule leaves them out are not made.
 *
 * @param theta `[P]`
 * @param state what the rules for statistics name, as it was imported
 * @throws {InputError} when θ has another length than the layout or a number that is not finite, or state is missing or left
 * over
 */
export function exportParameters(
  theta: Float32Array,
  layout: ParameterLayout,
  rules: readonly TensorRule[],
  state: readonly CheckpointTensor<Float32Array>[] = [],
): CheckpointTensor<Float32Array>[] {
  const placed = placeTensors('exportParameters', layout, rules);
  if (theta.length !== layout.dimension) throw bad(`${layout.dimension} parameters`, `${theta.length}`);
  const tensors = placed.map(({tensor: name, slice, shape, source}) => {
    const data = new Float32Array(slice.size);
    source.forEach((to, from) => {
      data[to] = theta[slice.offset + from] ?? Number.NaN;
    });
    return finite({name, shape, data});
  });
  const left = new Map(state.map((tensor) => [tensor.name, tensor]));
  for (const {tensor: name, state: source} of stateRules(rules)) {
    if (source === null) continue;
    const tensor = left.get(source);
    if (tensor === undefined) throw bad(`state "${source}" for "${name}"`, 'none');
    left.delete(source);
    tensors.push(finite({...tensor, name}));
  }
  const [unused] = left.keys();
  if (unused !== undefined) throw bad('a rule for each state', `none for "${unused}"`);
  return tensors;
}

function finite(tensor: CheckpointTensor<Float32Array>): CheckpointTensor<Float32Array> {
  const index = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return tensor;
  throw bad(`finite numbers for "${tensor.name}"`, `${tensor.data[index]}`);
}

function bad(expected: string, got: string): RangeError {
  return new InputError(
    `core.exportParameters: expected ${expected}, got ${got}; give what the layout and the rules describe`,
  );
}
