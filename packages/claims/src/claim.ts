/** The document of `minefield verify`. Other programs read it: its keys are stable. */
import {InputError} from '@minefield/core';
import {type DeepReadonly, describeIssues, issueLines} from '@minefield/spec';
import * as z from 'zod';
import {measureSchema} from './claim-measure.ts';

const verdictSchema = z.enum(['pass', 'fail', 'undecided']);

const claimSchema = z.strictObject({
  /** Number on the science page. */
  id: z.int().positive(),
  /** Whose records it is held against: a claim on pictures is held against those of several experiments. */
  experiment: z.string().min(1),
  title: z.string().min(1),
  /** Which minima it is of, such as `polished on the clean loss`. Left out where it is of those that the runs ended in. */
  minima: z.string().min(1).optional(),
  /** The paper's figure. */
  paper: z.string(),
  /** Ours, with every seed shown, and the reason where the verdict is `undecided`. */
  ours: z.string(),
  criterion: z.string(),
  verdict: verdictSchema,
  /** Identities of the records that the figure was computed from. */
  records: z.array(z.string()),
  /** The numbers that `ours` tells, for programs that draw them. Older documents have none. */
  measures: z.array(measureSchema).optional(),
});

/** No sweep has so many, and a document of more would take seconds to refuse claim by claim. */
const MOST_CLAIMS = 1000;

/** Whoever quotes a claim names it by its number, its experiment and the minima that it is of, so no two share all three. */
const distinctClaims = z.array(claimSchema).check(({value, issues}) => {
  const seen = new Set<string>();
  for (const [index, {id, experiment, minima = ''}] of value.entries()) {
    const key = `${id} ${experiment} ${minima}`;
    if (seen.has(key)) {
      const message = `expected each claim once for each experiment, got claim ${id} of "${experiment}" again`;
      issues.push({code: 'custom', message, path: [index], input: value[index]});
    }
    seen.add(key);
  }
});

export const claimsSchema = z.strictObject({
  claims: z.array(z.unknown()).max(MOST_CLAIMS).pipe(distinctClaims),
});

export type Verdict = z.infer<typeof verdictSchema>;
/** One row of the document. */
export type Claim = DeepReadonly<z.infer<typeof claimSchema>>;
export type ClaimsDocument = DeepReadonly<z.infer<typeof claimsSchema>>;

/** What a claim says before anything is measured. */
export type ClaimStatement = Pick<Claim, 'id' | 'title' | 'minima' | 'paper' | 'criterion'>;

/** Where `verify --out` puts the document, within a folder of results. */
export const CLAIMS_FILE = 'claims.json';

/**
 * Checks a value read from a file of claims.
 *
 * @param source where it came from, for the error
 * @throws {InputError} naming every failing path
 */
export function parseClaims(value: unknown, source: string): ClaimsDocument {
  const result = claimsSchema.safeParse(value);
  if (result.success) return result.data;
  const lines = issueLines(describeIssues(result.error, value));
  throw new InputError(
    `claims.parseClaims: expected the document of "minefield verify" in ${source}, got:\n  ${lines.join('\n  ')}\n` +
      'write it again with "minefield verify --out"',
  );
}

/** Every part must hold: one failure fails, and without one, one undecided part leaves the whole undecided. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.length === 0 || verdicts.includes('undecided') ? 'undecided' : 'pass';
}
