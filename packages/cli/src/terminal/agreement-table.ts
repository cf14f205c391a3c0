import type {AgreementDocument, Steadiness} from '@minefield/claims';
import {at} from '@minefield/core';
import {wrap} from './wrap.ts';

/** Widths of a column of correlations, and of medians. */
const CORRELATION = 7;
const MEDIAN = 11;

/** The lower triangle, names at the left and columns numbered, and the medians; in blocks as wide as the terminal. */
export function agreementTable(
  {experiment, networks, cutoff, quantities, levels, rho, pairs, steadiness}: AgreementDocument,
  columns: number,
): string[] {
  const margin = Math.max(...quantities.map(({length}) => length)) + 4;
  const all = [...quantities.keys()];
  const level = cutoff === null ? '' : `, volumes at a loss of ${cutoff}`;
  const correlations = blocks(all, Math.floor((columns - margin) / CORRELATION)).map((block) => [
    ' '.repeat(margin) + block.map((j) => String(j + 1).padStart(CORRELATION)).join(''),
    ...all
      .filter((i) => i >= at(block, 0))
      .map((i) => {
        const row = block.filter((j) => j <= i).map((j) => at(at(rho, i), j));
        const cells = row.map((value) => (value === null ? '–' : value.toFixed(3)).padStart(CORRELATION));
        const own = at(at(pairs, i), i);
        const missing = own < networks && block.includes(i) ? `   ${networks - own} without` : '';
        return `${String(i + 1).padStart(2)}  ${at(quantities, i).padEnd(margin - 4)}${cells.join('')}${missing}`;
      }),
  ]);
  const [first = 0, ...others] = all;
  // Every block begins with the quantity that tells the levels apart.
  const medians = blocks(others, Math.floor(columns / MEDIAN) - 1).map((block) => [
    [first, ...block].map((j) => String(j + 1).padStart(MEDIAN)).join(''),
    ...levels.map((found) =>
      [first, ...block].map((j) => digits(at(found.medians, j)).padStart(MEDIAN)).join(''),
    ),
  ]);
  return [
    ...wrap(`Spearman's ρ over ${networks} networks of ${experiment}${level}`, columns),
    ...correlations.flatMap((lines) => ['', ...lines]),
    '',
    'Medians of the levels',
    ...medians.flatMap((lines) => ['', ...lines]),
    ...(steadiness === null ? [] : ['', ...wrap(steadinessText(steadiness), columns)]),
  ];
}

/** How many of the eigenvalues are worth ranking. */
function steadinessText({networks, beyondTenth, twofold}: Steadiness): string {
  return (
    `Where each weight moves by a millionth of itself, the largest eigenvalue of ${beyondTenth} of ${networks} networks varies by ` +
    `more than a tenth of its median, that of ${twofold} more than twofold`
  );
}

function digits(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(4)));
}

function blocks(indices: readonly number[], size: number): number[][] {
  const length = Math.max(1, size);
  return Array.from({length: Math.ceil(indices.length / length)}, (_, i) =>
    indices.slice(i * length, (i + 1) * length),
  );
}
