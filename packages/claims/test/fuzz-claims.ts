/** The reader of claims against mutated documents, and the criteria of claims against mutated records that are valid. */
import {readFileSync} from 'node:fs';
import {InputError} from '@minefield/core';
import {type ExperimentRecord, InvalidRecordError, type ResultRecord, parseRecord} from '@minefield/results';
import {houseNumbersProfiles} from '@minefield/spec';
import {type Draw, drawFrom, oneOf} from '../../../.ci/fuzz/draw.ts';
import type {FuzzTarget, Verdict} from '../../../.ci/fuzz/fuzz.ts';
import {mutatedJson} from '../../../.ci/fuzz/mutate-json.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {agreementOf} from '../src/agreement.ts';
import {type ClaimsDocument, parseClaims} from '../src/claim.ts';
import {verifyAll} from '../src/verify.ts';
import {agreeable, broadSpec, syntheticSweep} from './synthetic-sweep.ts';

/** The committed verdicts, with a few of the records that each names. */
const {claims}: ClaimsDocument = JSON.parse(
  readFileSync(new URL('../../../results/claims.json', import.meta.url), 'utf8'),
);
const document = {claims: claims.map((claim) => ({...claim, records: claim.records.slice(0, 2)}))};

/** A sweep of points and one of pictures, as small as criteria allow. */
const sweeps: readonly (readonly ResultRecord[])[] = [
  {...broadSpec, poisonFactors: [0, 0.1, 0.8], seeds: [1, 2]},
  {...(houseNumbersProfiles['cpu'] ?? broadSpec), poisonFactors: [0, 0.5], seeds: [1, 2]},
].map((spec) => {
  const {experiment, records} = syntheticSweep(agreeable, spec);
  return [experiment, ...records];
});

interface Change {
  readonly sweep: readonly ResultRecord[];
  readonly record: number;
}

export const claimsTarget: FuzzTarget<string> = {
  input(seed, i) {
    const draw = drawFrom(seed, i);
    if (i % 2 === 0) return mutatedJson(draw, document);
    const {sweep, record} = changeOf(i);
    return mutatedJson(draw, sweep[record]);
  },
  read(text, i) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      // Not for this reader: whoever reads a file says that it is no JSON.
      return 'refused';
    }
    try {
      return i % 2 === 0 ? readClaims(value) : judged(value, changeOf(i));
    } catch (error) {
      return refusal(error, [InputError, InvalidRecordError]);
    }
  },
};

/** Which record of which sweep is another in an input; that of the experiment more often than each of the others. */
function changeOf(i: number): Change {
  const draw: Draw = drawFrom(0, i);
  const sweep = oneOf(draw, sweeps);
  return {sweep, record: draw(5) === 0 ? 0 : draw(sweep.length)};
}

function readClaims(value: unknown): Verdict {
  const written = JSON.stringify(parseClaims(value, 'claims.json'));
  return JSON.stringify(parseClaims(JSON.parse(written), 'claims.json')) === written
    ? 'accepted'
    : {fault: 'read otherwise once it was written'};
}

/** Whatever valid records say, there is a verdict, and a document that can be read. */
function judged(value: unknown, {sweep, record}: Change): Verdict {
  const records = sweep.with(record, parseRecord(value, 'a-record.json'));
  const experiments = records.filter((each): each is ExperimentRecord => each.kind === 'experiment');
  const verdicts = verifyAll(experiments, records);
  for (const experiment of experiments) agreementOf(experiment, records);
  return readClaims(JSON.parse(JSON.stringify(verdicts)));
}
