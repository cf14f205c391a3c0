import {registerKernels, unregisterKernels} from '@minefield/tfjs-kernels';
import type {Contestant} from './contest.ts';

/** The same work with the stock kernels of the WASM backend. */
export function onStockKernels(work: Contestant): Contestant {
  return async (calls) => {
    unregisterKernels();
    try {
      return await work(calls);
    } finally {
      await registerKernels();
    }
  };
}
