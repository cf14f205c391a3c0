import type {ExperimentRecord, ResultRecord} from '@minefield/results';
import {goodIsWider} from './basins.ts';
import type {ClaimsDocument} from './claim.ts';
import {badMinimum, goodMinimum} from './minima.ts';
import {badIsSharper} from './sharpness.ts';
import {sweepOf} from './sweep.ts';
import {gapRises, marginFalls} from './trends.ts';
import {volumeFallsWithGap} from './volumes.ts';

/**
 * Holds the paper's claims against the records of an experiment.
 *
 * @param records any records; only those that `experiment` names take part
 * @returns the document that `minefield verify --json` prints
 * @throws {TypeError} when the experiment's record holds a spec of another form
 */
export function verifyClaims(experiment: ExperimentRecord, records: Iterable<ResultRecord>): ClaimsDocument {
  const sweep = sweepOf(experiment, records);
  const claims = [
    goodMinimum,
    badMinimum,
    gapRises,
    marginFalls,
    badIsSharper,
    goodIsWider,
    volumeFallsWithGap,
  ];
  return {claims: claims.map((claim) => claim(sweep))};
}
