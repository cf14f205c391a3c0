import type {Claim, Verdict} from '@minefield/claims';
import type {Colour, Terminal} from './terminal.ts';
import {wrap} from './wrap.ts';

const COLOURS: Readonly<Record<Verdict, Colour>> = {pass: 'green', fail: 'red', undecided: 'yellow'};

const LABELS = ['paper', 'ours', 'criterion'] as const;
const INDENT = 4;
const LABEL = 11;
const NARROWEST = 40;

/** The claims as lines: a heading with the verdict, then the figures, wrapped to the terminal. */
export function claimsTable(claims: readonly Claim[], io: Terminal): string[] {
  const width = Math.max(NARROWEST, Math.min(io.columns, 120));
  return claims.flatMap((claim) => [
    `${String(claim.id).padStart(2)}  ${io.style(COLOURS[claim.verdict], claim.verdict.padEnd(9), 'out')}  ${io.style('bold', claim.title, 'out')}`,
    ...LABELS.flatMap((label) => {
      const lines = wrap(claim[label], width - INDENT - LABEL);
      return lines.map((line, i) => {
        const margin = (i === 0 ? label : '').padEnd(LABEL);
        return `${' '.repeat(INDENT)}${io.style('dim', margin, 'out')}${line}`;
      });
    }),
    '',
  ]);
}

/** `5 pass, 1 fail, 1 undecided`. */
export function tally(claims: readonly Claim[]): string {
  return (['pass', 'fail', 'undecided'] as const)
    .map((verdict) => `${claims.filter((claim) => claim.verdict === verdict).length} ${verdict}`)
    .join(', ');
}
