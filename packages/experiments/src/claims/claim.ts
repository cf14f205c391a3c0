/** One row of `minefield verify`. The document is read by other programs: its keys are stable. */

export type Verdict = 'pass' | 'fail' | 'undecided';

export interface Claim {
  /** Number on the science page. */
  readonly id: number;
  /** Whose records it is held against: a claim on pictures is held against those of several experiments. */
  readonly experiment: string;
  readonly title: string;
  /** The paper's figure. */
  readonly paper: string;
  /** Ours, with every seed shown, and the reason where the verdict is `undecided`. */
  readonly ours: string;
  readonly criterion: string;
  readonly verdict: Verdict;
  /** Identities of the records that the figure was computed from. */
  readonly records: readonly string[];
}

export interface ClaimsDocument {
  readonly claims: readonly Claim[];
}

/** What a claim says before anything is measured. */
export type ClaimStatement = Pick<Claim, 'id' | 'title' | 'paper' | 'criterion'>;

/** Every part must hold: one failure fails, and without one, one undecided part leaves the whole undecided. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.length === 0 || verdicts.includes('undecided') ? 'undecided' : 'pass';
}
