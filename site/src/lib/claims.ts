/** What `minefield verify --out` says of the paper's claims. */
import {access} from 'node:fs/promises';
import {join} from 'node:path';
import {CLAIMS_FILE, type Claim as ClaimOfDocument, claimsSchema} from '@minefield/claims';
import {readChecked} from './read-json.ts';

export type {Verdict} from '@minefield/claims';

export interface Claim extends ClaimOfDocument {
  /**
   * Its place on the page of claims: `claim-3`, and `claim-8-svhn` for one on pictures, which may be there of several. Where
   * others are there of several too, all after the first are called like those on pictures.
   */
  readonly anchor: string;
}

/** Claims that are held against every experiment on pictures. */
const ON_PICTURES: ReadonlySet<number> = new Set([8, 9, 10, 13]);

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
  const seen = new Set(ON_PICTURES);
  return sorted.map((claim) => {
    const {id, experiment} = claim;
    const anchor = seen.has(id) ? `claim-${id}-${experiment}` : `claim-${id}`;
    seen.add(id);
    return {...claim, anchor};
  });
}

/** Statements on one line each: verdicts list their parts with semicolons. */
export function partsOf(text: string): readonly string[] {
  return text.split(/;\s+/);
}
