import {logMeanExp, logSumExp} from '@minefield/core';
import type {Evidence, Verdict, VolumeEstimate} from './verdict.ts';

/** Where an estimate starts to be reliable; see the package's README. */
export const RELIABLE = {
  effectiveSampleSize: 100,
  largestWeight: 0.05,
  /** Nats by which doubling the number of directions may move the estimate. */
  doubling: 0.1,
  /** Nats of error that the tolerance of the radii may cause. */
  termError: 0.1,
  /** Nats of standard error, or this times the dimension over 50 where that is more: in few dimensions 0.1 nat is much. */
  standardError: 0.025,
} as const;

/** log(1/0.05): V̂ exceeds 20 V with probability at most 1/20. */
const MARKOV = Math.log(20);

/** Turns the directions' log estimates into one, with its diagnostics and its verdict. */
export function judgeEstimate(evidence: Evidence): VolumeEstimate {
  const {logTerms, censored, termError, stableLogVolume, unbounded} = evidence;
  const directions = logTerms.length;
  const logMean = logMeanExp(logTerms);
  const total = logSumExp(logTerms);
  const logSquares = logSumExp(logTerms.map((term) => 2 * term));
  const effectiveSampleSize = Math.exp(2 * total - logSquares);
  const half = Math.floor(directions / 2);
  const figures = {
    logVolume: unbounded ? null : finite(logMean),
    standardError:
      unbounded || directions < 2
        ? null
        : finite(Math.sqrt(Math.max(0, 1 / effectiveSampleSize - 1 / directions))),
    lowerBound: unbounded || !evidence.independent ? null : finite(logMean - MARKOV - termError),
    effectiveSampleSize: finite(effectiveSampleSize) ?? 0,
    largestWeight: finite(Math.exp(logTerms.reduce((a, b) => Math.max(a, b), -Infinity) - total)) ?? 1,
    logVolumeAtHalf: unbounded ? null : finite(logMeanExp(logTerms.subarray(0, half))),
    censored,
    directions,
    stableLogVolume: stableLogVolume === null ? null : finite(stableLogVolume),
  };
  return {...figures, ...verdictOf(figures, evidence)};
}

function verdictOf(
  figures: Omit<VolumeEstimate, 'verdict' | 'reason'>,
  evidence: Evidence,
): {verdict: Verdict; reason: string} {
  const {logVolume, logVolumeAtHalf, standardError, effectiveSampleSize, largestWeight, directions} = figures;
  if (evidence.unbounded)
    return {verdict: 'unbounded', reason: 'the basin is unbounded: its volume is infinite'};
  if (logVolume === null) return {verdict: 'unreliable', reason: 'the estimate is not finite'};
  if (!evidence.independent) {
    return {
      verdict: 'unreliable',
      reason:
        'the preconditioner was chosen on the rays that it is applied to, so the estimate is biased and bounds nothing',
    };
  }
  const failings: string[] = [];
  if (evidence.censored > 0 && evidence.censoringNegligible !== true) {
    failings.push(`${evidence.censored} of ${directions} directions never met the cutoff`);
  }
  if (evidence.undefinedRays > 0) {
    failings.push(`${evidence.undefinedRays} of ${directions} directions ended in a loss that is no number`);
  }
  if (effectiveSampleSize < RELIABLE.effectiveSampleSize) {
    failings.push(
      `effective sample size ${effectiveSampleSize.toPrecision(3)} < ${RELIABLE.effectiveSampleSize}`,
    );
  }
  if (largestWeight > RELIABLE.largestWeight) {
    failings.push(`one direction carries ${(100 * largestWeight).toPrecision(2)}% of the estimate`);
  }
  const change = logVolumeAtHalf === null ? Infinity : Math.abs(logVolume - logVolumeAtHalf);
  if (!(change < RELIABLE.doubling))
    failings.push(`doubling the directions moved it by ${change.toPrecision(2)} nats`);
  if (!(evidence.termError <= RELIABLE.termError * (1 + 1e-9))) {
    failings.push(`the radii's tolerance allows an error of ${evidence.termError.toPrecision(2)} nats`);
  }
  const allowed = RELIABLE.standardError * Math.max(1, evidence.dimension / 50);
  if (standardError !== null && standardError > allowed) {
    failings.push(`standard error ${standardError.toPrecision(2)} nats > ${allowed.toPrecision(2)}`);
  }
  if (failings.length > 0) return {verdict: 'lower bound', reason: failings.join('; ')};
  return {
    verdict: 'reliable',
    reason: `effective sample size ${effectiveSampleSize.toPrecision(3)} of ${directions}, no direction missing`,
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
