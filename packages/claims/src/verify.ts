import type {ExperimentRecord, ResultRecord} from '@minefield/results';
import {isOfPictures} from '@minefield/spec';
import {goodIsWider} from './basins.ts';
import type {ClaimsDocument} from './claim.ts';
import {functionsByChance} from './functions.ts';
import {guessesGeneralize} from './guesses.ts';
import {badMinimaAround, minefieldNotRun} from './minefield.ts';
import {badMinimum, goodMinimum} from './minima.ts';
import {moreDataIsSharper, sizesOf} from './more-data.ts';
import {naturalOptimizers, optimizersOf} from './optimizers.ts';
import {networkBeatsLinear} from './linear.ts';
import {polishedClaims, polishedOf} from './polished.ts';
import {badIsSharper} from './sharpness.ts';
import {pictureGapRises, pictureMinima, pictureVolumeRatio} from './pictures.ts';
import {sweepOf} from './sweep.ts';
import {gapRises, marginFalls} from './trends.ts';
import {unitsDoNotMatter} from './units.ts';
import {volumeFallsWithGap} from './volumes.ts';

/** The experiments that the paper's claims are about, in the order in which they are shown. */
export const CLAIMED_EXPERIMENTS: readonly string[] = [
  'toy',
  'minefield',
  'svhn',
  'house-numbers',
  'res-net',
  'svhn-res-net',
  'optimizers',
  'more-data',
  'more-pictures',
  'units',
  'guesses',
  'functions',
];

/**
 * Holds the paper's claims against the records of an experiment: claim 11 where it maps a minefield, 8 to 10 where its
 * data are pictures (9 where it has more levels than the two ends, and 13 where linear classifiers were fitted to them), 12
 * and 14 where it trains networks otherwise, 15 where it changes units, 16 where it draws weights at random, or 17 where it
 * tells their functions, those on the toy elsewhere; of these, 2 and 4 to 7 once more where every minimum was trained on from.
 *
 * @param records any records; only those that `experiment` names take part
 * @returns the document that `minefield verify --json` prints
 */
export function verifyClaims(experiment: ExperimentRecord, records: Iterable<ResultRecord>): ClaimsDocument {
  const sweep = sweepOf(experiment, records);
  if (sweep.spec.analyses.minefield !== undefined) return {claims: [badMinimaAround(sweep)]};
  const {alternatives} = sweep.spec.analyses;
  if (alternatives?.reference !== undefined) {
    return {claims: sizesOf(sweep).length > 1 ? [moreDataIsSharper(sweep)] : []};
  }
  const polished = polishedOf(sweep);
  if (alternatives !== undefined && polished === null) {
    return {claims: optimizersOf(sweep).length > 0 ? [naturalOptimizers(sweep)] : []};
  }
  if (sweep.spec.analyses.units !== undefined) return {claims: [unitsDoNotMatter(sweep)]};
  const {guess} = sweep.spec.analyses;
  if (guess !== undefined) {
    return {
      claims: [guess.functionExamples === undefined ? guessesGeneralize(sweep) : functionsByChance(sweep)],
    };
  }
  const {linear} = sweep.spec.analyses;
  if (isOfPictures(sweep.spec.dataset)) {
    const trend = sweep.spec.poisonFactors.length > 2 ? [pictureGapRises(sweep)] : [];
    const against = linear === undefined ? [] : [networkBeatsLinear(sweep)];
    return {claims: [pictureMinima(sweep), ...trend, pictureVolumeRatio(sweep), ...against]};
  }
  if (linear !== undefined) return {claims: []};
  const claims = [
    goodMinimum,
    badMinimum,
    gapRises,
    marginFalls,
    badIsSharper,
    goodIsWider,
    volumeFallsWithGap,
  ];
  const again = polished === null ? [] : polishedClaims(sweep, polished);
  return {claims: [...claims.map((claim) => claim(sweep)), ...again]};
}

/**
 * The claims of several experiments in one document, by number. Claim 11 is always there, undecided where no experiment
 * of these maps a minefield.
 */
export function verifyAll(
  experiments: readonly ExperimentRecord[],
  records: readonly ResultRecord[],
): ClaimsDocument {
  const claims = experiments.flatMap((experiment) => verifyClaims(experiment, records).claims);
  const all = claims.some(({id}) => id === minefieldNotRun().id) ? claims : [...claims, minefieldNotRun()];
  return {claims: all.toSorted((a, b) => a.id - b.id)};
}
