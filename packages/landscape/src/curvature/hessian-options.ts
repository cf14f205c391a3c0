import {checkOptions, checkWord, type CancelSignal, type Generator, InputError} from '@minefield/core';
import {checkGenerator} from '../check-input.ts';
import type {Coordinates} from '../directions/coordinates.ts';

export interface HessianOptions {
  /** Draws the probe of the self-check. */
  readonly generator: Generator;
  /** Products are of S H S in these. Default: θ itself, S = 1. */
  readonly coordinates?: Coordinates;
  /** Largest relative disagreement with central differences that an exact product may show. Default 0.01. */
  readonly tolerance?: number;
  /** Largest disagreement between two steps at which central differences may be used at all. Default 0.1. */
  readonly differenceTolerance?: number;
  /**
   * Minibatches on which an exact product is checked instead of on the whole loss. Single examples suit networks of ReLUs,
   * whose gradients jump: training comes to rest on such jumps, where differences of the whole loss agree with nothing, while
   * one example meets few of them. Those on which differences agree with each other at two steps count, and of their
   * disagreements with the product the median; there must be three, or all where fewer are given.
   */
  readonly checkOn?: readonly Uint32Array[];
  /**
   * What to do when the objective's own product fails its check. `trust` takes it all the same, for who knows it to be right
   * where gradients jump, so that differences cannot tell. Default 'error'.
   */
  readonly onMismatch?: 'error' | 'central differences' | 'trust';
  /** Minibatch to average over; all examples when absent. */
  readonly examples?: Uint32Array;
  readonly signal?: CancelSignal | undefined;
}

/** @throws {InputError} at an option that is none or makes no sense */
export function checkHessianOptions(options: HessianOptions): void {
  checkOptions('landscape.hessianOperator', options, {
    generator: true,
    coordinates: true,
    tolerance: true,
    differenceTolerance: true,
    checkOn: true,
    onMismatch: true,
    examples: true,
    signal: true,
  });
  const {generator, tolerance = 0.01, differenceTolerance = 0.1, checkOn, onMismatch = 'error'} = options;
  checkGenerator('hessianOperator', generator);
  checkWord('landscape.hessianOperator', 'onMismatch', onMismatch, ['error', 'central differences', 'trust']);
  if (!(tolerance > 0) || !(differenceTolerance > 0)) {
    throw new InputError(
      `landscape.hessianOperator: expected tolerances > 0, got ${tolerance} and ${differenceTolerance}`,
    );
  }
  if (checkOn?.length === 0) {
    throw new InputError(
      'landscape.hessianOperator: expected minibatches to check on, got none; leave checkOn out to check on the whole loss',
    );
  }
}
