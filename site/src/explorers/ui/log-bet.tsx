import {type Signal, useComputed} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {Bet, type BetStage} from './bet.tsx';
import {Range} from './range.tsx';

interface Props {
  readonly question: ComponentChildren;
  /** Name of the slider. */
  readonly label: string;
  readonly stage: Signal<BetStage>;
  /** What the reader bets, a power of ten: log₁₀ of the value. */
  readonly exponent: Signal<number>;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** @param value not its logarithm */
  readonly text: (value: number) => string;
}

/** A bet on a number that may be of any size. */
export function LogBet({question, label, stage, exponent, min, max, step = 0.1, text}: Props) {
  return (
    <Bet question={question} stage={stage}>
      <Range
        label={label}
        value={exponent}
        min={min}
        max={max}
        step={step}
        text={(place) => text(10 ** place)}
      />
    </Bet>
  );
}

/** How a bet has come out, in words. @param bet and what was measured, both > 0 */
export function betOutcome(bet: number, measured: number): string {
  const ratio = measured / bet;
  const times = Math.max(ratio, 1 / ratio);
  if (times < 1.26) return 'You were right.';
  const factor = times < 10 ? times.toFixed(1) : times < 10_000 ? String(Math.round(times)) : 'over 10,000';
  return ratio > 1 ? `${factor} times what you bet.` : `${factor} times less than you bet.`;
}

/** The bet as a value, while it was placed. */
export function useBetValue(stage: Signal<BetStage>, exponent: Signal<number>) {
  return useComputed(() => (stage.value === 'placed' ? 10 ** exponent.value : undefined));
}
