import {registerKernels} from '../../src/register-kernels.ts';

export type KernelChoice = 'stock' | 'relaxed' | 'simd';

/** Has the kernels that are chosen serve the specs. */
export async function chooseKernels(kernels: KernelChoice): Promise<void> {
  if (kernels !== 'stock') await registerKernels({deterministic: kernels === 'simd'});
}
