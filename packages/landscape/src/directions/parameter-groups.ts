import {filtersOf, type ParameterLayout} from '@minefield/core';

export interface GroupOptions {
  /** What is rescaled as one: each filter (default), or each whole kernel. */
  readonly by?: 'filter' | 'layer';
  /** Biases, batch-norm scales and shifts: at rest ('zero', the default), or each tensor a group of its own. */
  readonly others?: 'zero' | 'normalized';
}

/** Flat indices of each group of parameters that is rescaled as one. */
export function parameterGroups(layout: ParameterLayout, options: GroupOptions = {}): Uint32Array[] {
  const {by = 'filter', others = 'zero'} = options;
  const tensors = (kernel: boolean): Uint32Array[] =>
    layout.slices
      .filter(({role}) => (role === 'kernel') === kernel)
      .map(({offset, size}) => Uint32Array.from({length: size}, (_, i) => offset + i));
  const kernels = by === 'filter' ? filtersOf(layout).map(({entries}) => entries) : tensors(true);
  return others === 'zero' ? kernels : [...kernels, ...tensors(false)];
}
