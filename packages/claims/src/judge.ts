import type {Claim, ClaimStatement, Verdict} from './claim.ts';
import type {Level} from './level.ts';
import type {ClaimMeasure} from './claim-measure.ts';
import type {Sweep} from './sweep.ts';

/** What the records say, before asking whether they are enough to decide. */
export interface Finding {
  readonly ours: string;
  readonly verdict: Verdict;
  /** Every level that the figure was computed from. */
  readonly levels: readonly Level[];
  /** The numbers that `ours` tells. */
  readonly measures: readonly ClaimMeasure[];
  /** Why an undecided verdict is that, where the numbers themselves are the reason. */
  readonly reason?: string;
}

/** A median over fewer seeds is one network's luck. */
const SEEDS_NEEDED = 3;

/** How broad a sweep must be for a criterion. */
export interface Breadth {
  /** Levels of the poison factor. */
  readonly levels: number;
}

/**
 * Turns a finding into a claim. Whatever the figures, the verdict is `undecided` where records are missing, where there
 * are fewer seeds or levels than the criterion needs, and where the profile's training budget is not meant to decide the
 * claim. The criterion itself never changes.
 */
export function judge(
  statement: ClaimStatement,
  sweep: Sweep,
  {levels: levelsNeeded}: Breadth,
  finding: Finding,
): Claim {
  const {spec} = sweep;
  const missing = finding.levels.reduce((sum, level) => sum + level.missing, 0);
  const reasons = [
    ...(missing > 0 ? [`${missing} of the records needed ${missing === 1 ? 'is' : 'are'} missing`] : []),
    ...(spec.seeds.length < SEEDS_NEEDED
      ? [`${count(spec.seeds.length, 'seed')}, but the criterion needs ${SEEDS_NEEDED}`]
      : []),
    ...(spec.poisonFactors.length < levelsNeeded
      ? [
          `${count(spec.poisonFactors.length, 'level')} of the poison factor, but the criterion needs ${levelsNeeded}`,
        ]
      : []),
    ...(spec.poisonFactors[0] === 0 ? [] : ['the sweep has no clean level (poison factor 0)']),
    ...(spec.decides.includes(statement.id)
      ? []
      : [`the ${spec.profile} profile's training budget is not meant to decide it`]),
  ];
  const undecided = reasons.length > 0 || finding.verdict === 'undecided';
  const why = [
    ...reasons,
    ...(finding.verdict === 'undecided' && finding.reason !== undefined ? [finding.reason] : []),
  ];
  return {
    id: statement.id,
    experiment: spec.experiment,
    title: statement.title,
    ...(statement.minima !== undefined && {minima: statement.minima}),
    paper: statement.paper,
    ours: why.length > 0 ? `${finding.ours}; undecided because ${why.join(', and ')}` : finding.ours,
    criterion: statement.criterion,
    verdict: undecided ? 'undecided' : finding.verdict,
    records: [...new Set(finding.levels.flatMap(({records}) => records))],
    measures: finding.measures,
  };
}

function count(n: number, noun: string): string {
  return `only ${n} ${noun}${n === 1 ? '' : 's'}`;
}
