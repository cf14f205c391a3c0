import {type TensorRule, pytorchBatchNorm, pytorchConv2d, pytorchLinear, InputError} from '@minefield/core';
import type {NormalizedModel} from './normalized-model.ts';

/**
 * Rules that read a state dict of PyTorch as a {@link NormalizedModel} of the same architecture: convolutions without bias,
 * `nn.BatchNorm2d`, and a last `nn.Linear`. Running statistics come out of `importParameters` as state, from which
 * {@link statisticsFromState} makes a vector.
 *
 * @param moduleOf the module's name in the state dict for each layer of ours, such as `conv0`, `norm0`, `stage1/block0/conv1`
 * or `dense`. Default: the same with dots for slashes
 * @example
 * const rules = pytorchNormalizedRules(model, (layer) => layer.replace('norm', 'bn'));
 * const {theta, state} = importParameters(tensors, model.layout, rules);
 * const network = model.frozen(statisticsFromState(model, state));
 */
export function pytorchNormalizedRules(
  model: NormalizedModel,
  moduleOf: (layer: string) => string = (layer) => layer.replaceAll('/', '.'),
): TensorRule[] {
  return model.layout.slices.flatMap(({name, role, shape}) => {
    const layer = name.slice(0, name.lastIndexOf('/'));
    if (role === 'scale') return pytorchBatchNorm(moduleOf(layer), layer);
    if (role !== 'kernel') return [];
    return shape.length === 4
      ? pytorchConv2d(moduleOf(layer), layer, {bias: false})
      : pytorchLinear(moduleOf(layer), layer);
  });
}

/**
 * The vector of statistics, `[S]`, from tensors under the names of the model's {@link StatisticsLayout}.
 *
 * @throws {InputError} naming the tensor that is missing or of another length
 */
export function statisticsFromState(
  {name, statistics}: NormalizedModel,
  state: readonly {readonly name: string; readonly data: ArrayLike<number>}[],
): Float32Array {
  const vector = new Float32Array(statistics.dimension);
  for (const slice of statistics.slices) {
    const tensor = state.find((other) => other.name === slice.name);
    if (tensor?.data.length !== slice.size) {
      throw new InputError(
        `models.statisticsFromState: expected a tensor "${slice.name}" of ${slice.size} numbers for ${name}, ` +
          `got ${tensor === undefined ? 'none' : `${tensor.data.length} numbers`}; use a checkpoint of the same architecture`,
      );
    }
    vector.set(tensor.data, slice.offset);
  }
  return vector;
}
