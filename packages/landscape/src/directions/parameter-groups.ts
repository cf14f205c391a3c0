import {checkOptions, checkWord, filtersOf, type ParameterLayout} from '@minefield/core';

export interface GroupOptions {
  /** What is rescaled as one: each filter (default), or each whole kernel. */
  readonly by?: 'filter' | 'layer';
  /** Biases, batch-norm scales and shifts: at rest ('zero', the default), or each tensor a group of its own. */
  readonly others?: 'zero' | 'normalized';
}

const BY = ['filter', 'layer'] as const;
export const OTHERS = ['zero', 'normalized'] as const;

/** @throws {InputError} naming the caller, at an option that is none or a word that means nothing */
export function checkGroupOptions(caller: string, options: GroupOptions): void {
  checkOptions(`landscape.${caller}`, options, {by: true, others: true});
  const {by = 'filter', others = 'zero'} = options;
  checkWord(`landscape.${caller}`, 'by', by, BY);
  checkWord(`landscape.${caller}`, 'others', others, OTHERS);
}

/** Flat indices of each group of parameters that is rescaled as one. @throws {InputError} as {@link checkGroupOptions} */
export function parameterGroups(
  caller: string,
  layout: ParameterLayout,
  options: GroupOptions,
): Uint32Array[] {
  checkGroupOptions(caller, options);
  const {by = 'filter', others = 'zero'} = options;
  const tensors = (kernel: boolean): Uint32Array[] =>
    layout.slices
      .filter(({role}) => (role === 'kernel') === kernel)
      .map(({offset, size}) => Uint32Array.from({length: size}, (_, i) => offset + i));
  const kernels = by === 'filter' ? filtersOf(layout).map(({entries}) => entries) : tensors(true);
  return others === 'zero' ? kernels : [...kernels, ...tensors(false)];
}
