import type {Terminal} from './terminal.ts';
import {wrap} from './wrap.ts';

const WIDEST = 110;

/** Labels and texts in two columns, the texts wrapped to the terminal. */
export function facts(rows: readonly (readonly [label: string, text: string])[], io: Terminal): string[] {
  const margin = rows.reduce((most, [label]) => Math.max(most, label.length), 0) + 2;
  const width = Math.max(40, Math.min(io.columns, WIDEST)) - margin;
  return rows.flatMap(([label, text]) =>
    wrap(text, width).map(
      (line, i) => `${io.style('dim', (i === 0 ? label : '').padEnd(margin), 'out')}${line}`,
    ),
  );
}

/** A number in so many significant digits; `none` for null. */
export function figure(value: number | null, digits = 5): string {
  if (value === null) return 'none';
  return String(Number(value.toPrecision(digits))).replaceAll('-', '−');
}
