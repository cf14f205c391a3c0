import {InputError, at} from '@minefield/core';
import type {Reference} from './reference.ts';

/** How far apart numbers may be, as a share of their size and of a unit below which size does not count. */
interface Tolerance {
  readonly share: number;
  readonly unit: number;
}

/**
 * Of the largest logit. Two forward passes in float32 round their sums in another order, which costs some 1e-6; another
 * activation, normalization or layer moves logits by a tenth and more.
 */
const LOGITS: Tolerance = {share: 1e-4, unit: 0.1};

/**
 * A small cross-entropy is exp(−logit), so its relative error is the absolute error of the logits: 1e-4 of ten. And a mean of
 * losses in float32 has 1e-6 of rounding however small it is: log(1 + exp(−x)) is 0 there from x = 17 on.
 */
const LOSS: Tolerance = {share: 1e-3, unit: 1e-3};

/** From this share on, a difference is no matter of precision. */
const OTHER_NETWORK = 0.01;

/** What is made here of all examples of a data file, and what the file says of them. */
export interface Compared {
  /** `[n, outputs]`; asked for only where the reference holds some. */
  logits?(): Promise<Float32Array>;
  loss(): Promise<Float64Array>;
  readonly count: number;
  readonly reference: Reference;
  /** The data file's, for errors. */
  readonly file: string;
}

/**
 * Holds a network against the reference values for all examples of a data file.
 *
 * @returns a note that says how well they agree
 * @throws {InputError} when they do not, with how far they are apart and what the usual cause is
 */
export async function compareWithReference(compared: Compared): Promise<string> {
  const {count, logits: found} = compared;
  const {loss, logits} = compared.reference;
  const shares = [
    ...(logits === undefined || found === undefined
      ? []
      : [await compareLogits(compared, await found(), logits)]),
    ...(loss === undefined ? [] : [await compareLoss(compared, loss)]),
  ];
  const what =
    logits === undefined ? 'the loss' : loss === undefined ? 'the logits' : 'the loss and the logits';
  return (
    `${what} of ${count === 1 ? 'the one example' : `all ${count} examples`} ` +
    `${logits === undefined ? 'agrees' : 'agree'} with the reference to ${digits(Math.max(...shares), 2)}`
  );
}

function compareLogits({file, count}: Compared, logits: Float32Array, expected: Float64Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let worst = {apart: 0, got: 0, wanted: 0, entry: 0};
  for (const [entry, wanted] of expected.entries()) {
    const got = at(logits, entry);
    // NaN comes of an overflow, and is farther than anything.
    const apart = Number.isNaN(got) ? Infinity : Math.abs(got - wanted);
    if (apart > worst.apart) worst = {apart, got, wanted, entry};
  }
  const share = worst.apart / (largest + LOGITS.unit);
  if (share <= LOGITS.share) return share;
  throw new InputError(
    `experiments.compareWithReference: expected the reference logits in ${file}, to 1e-4 of the largest, ` +
      `got ${digits(worst.got, 5)} instead of ${digits(worst.wanted, 5)} at example ${Math.floor((worst.entry * count) / expected.length)}, ` +
      `which is off by ${digits(100 * share, 2)}%; ${usualCause(share)}`,
  );
}

async function compareLoss(compared: Compared, expected: number): Promise<number> {
  const {count, reference, file} = compared;
  const loss = at(await compared.loss(), 0);
  const share = Math.abs(loss - expected) / (Math.abs(expected) + LOSS.unit);
  if (share <= LOSS.share) return share;
  throw new InputError(
    `experiments.compareWithReference: expected the reference loss of ${digits(expected, 5)} over all ${count} examples in ${file}, ` +
      `got ${digits(loss, 5)}; ` +
      (reference.logits === undefined
        ? usualCause(share)
        : 'the logits agree, so look at the labels, and save the plain mean cross-entropy: no sum, weights, smoothing or decay'),
  );
}

function usualCause(share: number): string {
  return share < OTHER_NETWORK
    ? 'the usual cause is a reference in less than float32, such as TF32 or bfloat16; compute it in float32 or float64'
    : 'the usual causes are another activation, missing layers, another order of the classes, and inputs that are normalized otherwise';
}

function digits(value: number, significant: number): string {
  return String(Number(value.toPrecision(significant)));
}
