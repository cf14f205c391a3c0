/**
 * Rules for the tensors of PyTorch's layers, for `importParameters` and `exportParameters`. `module` is the layer's name in the
 * state dict, such as `0` or `features.conv1`; `to` begins the names of its slices, such as `dense0` or `conv`.
 */
import {checkOptions} from './check-options.ts';
import type {TensorRule} from './tensor-mapping.ts';

export interface PytorchLayerOptions {
  /** Whether the layer has a bias. Default true. */
  readonly bias?: boolean;
}

export interface PytorchLinearOptions extends PytorchLayerOptions {
  /**
   * Of the images whose flattening feeds the layer: PyTorch flattens them with channels first, TensorFlow with channels last.
   */
  readonly flattened?: readonly [channels: number, height: number, width: number];
}

/**
 * `nn.Linear`: weight `[out, in]` to `<to>/kernel` `[in, out]`, and `<to>/bias`.
 *
 * @throws {InputError} for options that there are not
 * @example pytorchLinear('classifier.0', 'dense0')
 */
export function pytorchLinear(module: string, to: string, options: PytorchLinearOptions = {}): TensorRule[] {
  checkOptions('core.pytorchLinear', options, {bias: true, flattened: true});
  const weight = {tensor: `${module}.weight`, slice: `${to}/kernel`};
  const kernel =
    options.flattened === undefined
      ? {...weight, axes: [1, 0]}
      : {...weight, shape: [null, options.flattened], axes: [2, 3, 1, 0]};
  return [kernel, ...biasRules(module, to, options)];
}

/** `nn.Conv2d`: weight `[out, in, height, width]` to `<to>/kernel` `[height, width, in, out]`, and `<to>/bias`. */
export function pytorchConv2d(module: string, to: string, options: PytorchLayerOptions = {}): TensorRule[] {
  checkOptions('core.pytorchConv2d', options, {bias: true});
  return [
    {tensor: `${module}.weight`, slice: `${to}/kernel`, axes: [2, 3, 1, 0]},
    ...biasRules(module, to, options),
  ];
}

/**
 * `nn.BatchNorm1d` or `2d`: weight and bias to `<to>/gamma` and `<to>/beta`; running statistics to the state
 * `<to>/moving_mean` and `<to>/moving_variance`; the counter of batches is left out.
 */
export function pytorchBatchNorm(module: string, to: string): TensorRule[] {
  return [
    {tensor: `${module}.weight`, slice: `${to}/gamma`},
    {tensor: `${module}.bias`, slice: `${to}/beta`},
    {tensor: `${module}.running_mean`, state: `${to}/moving_mean`},
    {tensor: `${module}.running_var`, state: `${to}/moving_variance`},
    {tensor: `${module}.num_batches_tracked`, state: null},
  ];
}

function biasRules(module: string, to: string, {bias = true}: PytorchLayerOptions): TensorRule[] {
  return bias ? [{tensor: `${module}.bias`, slice: `${to}/bias`}] : [];
}
