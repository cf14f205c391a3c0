import {at} from '@minefield/core';

/** Of the longest bar: with its label it fits into 60 columns. */
const WIDTH = 32;

/** Decades of magnitude below the largest that are told apart; what is smaller counts as near 0. */
const DECADES = 6;

/** Shares of a spectrum by sign and power of ten, from most negative to most positive, as bars. */
export function densityChart({
  nodes,
  weights,
}: {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}): string[] {
  const top = Math.ceil(Math.log10(nodes.reduce((most, node) => Math.max(most, Math.abs(node)), 0)) - 1e-5);
  const shares = new Map<number, number>();
  nodes.forEach((node, i) => {
    // Rank 0 is near zero; ±1 the smallest decade told apart, ±DECADES the largest.
    const rank = Math.max(0, Math.ceil(Math.log10(Math.abs(node)) - 1e-5) - top + DECADES) * Math.sign(node);
    const key = Number.isNaN(rank) || rank === 0 ? 0 : rank;
    shares.set(key, (shares.get(key) ?? 0) + at(weights, i));
  });
  const most = Math.max(...shares.values());
  return [...shares]
    .toSorted(([a], [b]) => a - b)
    .map(([key, share]) => {
      const exponent = top - DECADES + Math.abs(key);
      const sign = key < 0 ? '-' : ' ';
      const decade = `${sign}1e${exponent - 1} to ${sign}1e${exponent}`;
      const label = key === 0 ? 'near 0' : decade.replaceAll('-', '−');
      const percent = `${(100 * share).toFixed(1)}%`.padStart(6);
      return `${label.padStart(16)}  ${percent}  ${'█'.repeat(Math.round((WIDTH * share) / most))}`.trimEnd();
    });
}
