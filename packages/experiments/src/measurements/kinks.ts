import type {CancelSignal} from '@minefield/core';
import type {Kink, Spread} from '@minefield/landscape';
import {type LabeledExamples, type Model, nearestKinks} from '@minefield/models';
import {finiteOrNull, fourDigits} from './numbers.ts';

/** How near a network lies to a kink of its loss on some examples; null where it has no ReLUs, or cannot tell. */
export async function kinkOf(
  model: Model,
  theta: Float32Array,
  {inputs}: LabeledExamples,
  signal: CancelSignal | undefined,
): Promise<Kink | null> {
  const [kink] = (await nearestKinks(model, theta, inputs, {signal})) ?? [];
  return kink ?? null;
}

/** The part of it that records keep. */
export function kinkData(
  kink: Kink | null,
): {distance: number | null; closePairs: number; pairs: number} | null {
  return kink && {...kink, distance: finiteOrNull(kink.distance)};
}

/** An eigenvalue at points next to the minimum, as records keep it: it is known to few digits, or to none. */
export function spreadData({median, low, high}: Pick<Spread, 'median' | 'low' | 'high'>): {
  median: number;
  low: number;
  high: number;
} {
  return {median: fourDigits(median), low: fourDigits(low), high: fourDigits(high)};
}
