import {checkOptions, type CancelSignal, type Generator, InputError, type OptionKeys} from '@minefield/core';
import {checkCount, checkGenerator} from '../check-input.ts';

export interface EigenvalueOptions {
  /** Draws the start vector. */
  readonly generator: Generator;
  /** Default 100. */
  readonly maximumSteps?: number | undefined;
  /** Residual to reach of each eigenvalue, as a share of its own magnitude. Default 1e-4; the value's error is far less. */
  readonly tolerance?: number | undefined;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: (steps: number, maximumSteps: number) => void;
}

export const EIGENVALUE_KEYS: OptionKeys<EigenvalueOptions> = {
  generator: true,
  maximumSteps: true,
  tolerance: true,
  signal: true,
  onProgress: true,
};

/** @throws {InputError} naming the caller, at an option that is none or makes no sense */
export function checkEigenvalueOptions(caller: string, options: EigenvalueOptions): void {
  checkOptions(`landscape.${caller}`, options, EIGENVALUE_KEYS);
  const {generator, maximumSteps = 100, tolerance = 1e-4} = options;
  checkGenerator(caller, generator);
  checkCount(caller, 'maximumSteps', maximumSteps);
  if (!(tolerance >= 0 && tolerance < Infinity)) {
    throw new InputError(`landscape.${caller}: expected a tolerance >= 0, got ${tolerance}`);
  }
}
