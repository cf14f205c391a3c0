/** What `minefield verify --out` says of the paper's claims. */
import {access} from 'node:fs/promises';
import {join} from 'node:path';
import {CLAIMS_FILE, type Claim as ClaimOfDocument, claimsSchema} from '@minefield/claims';
import type {AnalysisOf} from '@minefield/results';
import type {Experiment} from './load-results.ts';
import {readChecked} from './read-json.ts';

export type {Verdict} from '@minefield/claims';

export interface Claim extends ClaimOfDocument {
  /** Its place on the page of claims: `claim-3`, and `claim-8-svhn` for one on pictures, which may be there of several. */
  readonly anchor: string;
}

/** Claims that are held against every experiment on pictures. */
const ON_PICTURES: ReadonlySet<number> = new Set([8, 9, 10]);

/** @returns null where the claims were never verified */
export async function loadClaims(results: string): Promise<readonly Claim[] | null> {
  const file = join(results, CLAIMS_FILE);
  try {
    await access(file);
  } catch {
    return null;
  }
  const {claims} = await readChecked(file, claimsSchema, 'write it again with `minefield verify --out`');
  const sorted = claims.toSorted((a, b) => a.id - b.id);
  return sorted.map((claim) => ({
    ...claim,
    anchor: ON_PICTURES.has(claim.id) ? `claim-${claim.id}-${claim.experiment}` : `claim-${claim.id}`,
  }));
}

/** Statements on one line each: verdicts list their parts with semicolons. */
export function partsOf(text: string): readonly string[] {
  return text.split(/;\s+/);
}

/** How many weights move in the basins that a claim is about, for shares of length; undefined for others. */
export function dimensionOf({records}: Claim, experiments: readonly Experiment[]): number | undefined {
  const wanted = new Set(records);
  for (const experiment of experiments) {
    for (const record of experiment.analyses) {
      if (record.analysis === 'basin' && wanted.has(record.identity)) {
        return (record as AnalysisOf<'basin'>).data.dimension;
      }
    }
  }
  return undefined;
}
