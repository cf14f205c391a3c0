/**
 * Bets: a reader says what will be seen before it is shown, and sees both beside each other. Nobody has to: whoever passes
 * sees the measured value at once.
 */
import type {Signal} from '@preact/signals';
import type {ComponentChildren} from 'preact';

export type BetStage = 'open' | 'placed' | 'passed';

interface Props {
  readonly question: ComponentChildren;
  readonly stage: Signal<BetStage>;
  /** Where the bet is made: a slider, or axes to draw on. */
  readonly children: ComponentChildren;
  /** False while nothing was said yet. Default true. */
  readonly ready?: boolean;
}

/** The question with its two answers, until one was given. What comes after is for the caller to show. */
export function Bet({question, stage, children, ready = true}: Props) {
  const answer = (said: BetStage) => (): void => {
    stage.value = said;
  };
  return (
    <div class="explorer-bet">
      <p class="explorer-bet-question">{question}</p>
      {children}
      <div class="explorer-buttons">
        <button
          type="button"
          class="explorer-button"
          data-primary
          disabled={!ready}
          onClick={answer('placed')}
        >
          Bet
        </button>
        <button type="button" class="explorer-button" onClick={answer('passed')}>
          Just show me
        </button>
      </div>
    </div>
  );
}
