/** Which runs the reader wants to see, and how that is written in an address. */
import type {Codec} from '../../state/codecs.ts';
import type {LabTable} from '../data/lab-table.ts';

/** Runs whose number lies in a range, both ends included; those without the number are left out. */
export interface RangeFilter {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

export interface Sorting {
  readonly key: string;
  readonly falling: boolean;
}

/** The rows that pass every filter, in the order of the file. */
export function filteredRows(
  table: LabTable,
  experiments: readonly string[],
  ranges: readonly RangeFilter[],
): readonly number[] {
  const wanted = new Set(experiments);
  return Array.from({length: table.size}, (_, row) => row).filter(
    (row) =>
      (wanted.size === 0 || wanted.has(table.word('experiment', row) ?? '')) &&
      ranges.every(({key, from, to}) => {
        const value = table.number(key, row);
        return value !== null && value >= from && value <= to;
      }),
  );
}

/** Rows by a quantity, or by name for `experiment`; those without it stay last. Equal ones keep their order. */
export function sortedRows(
  table: LabTable,
  rows: readonly number[],
  {key, falling}: Sorting,
): readonly number[] {
  const sign = falling ? -1 : 1;
  if (table.quantity(key) === undefined) {
    return rows.toSorted((a, b) => sign * (table.word(key, a) ?? '').localeCompare(table.word(key, b) ?? ''));
  }
  return rows.toSorted((a, b) => {
    const [left, right] = [table.number(key, a), table.number(key, b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  });
}

/** The same filters with one more; of a quantity the last counts. */
export function withRange(ranges: readonly RangeFilter[], range: RangeFilter): readonly RangeFilter[] {
  return [...ranges.filter(({key}) => key !== range.key), range];
}

const KEY = /^[A-Za-z]{1,40}(?:\.[a-z]{1,40}[\d.]{1,40})?$/;

/** More than there are quantities; each range costs a look at every run. */
const MOST_RANGES = 100;

/** `gap:0.2:0.9;beta:0:0.1` */
export const rangesCodec: Codec<readonly RangeFilter[]> = {
  parse(text) {
    if (text === '') return [];
    const ranges = text.split(';').map((part) => {
      const [key = '', from = '', to = ''] = part.split(':');
      return {key, from: Number(from || Number.NaN), to: Number(to || Number.NaN)};
    });
    const sound = ranges.every(({key, from, to}) => KEY.test(key) && from <= to);
    return sound && ranges.length <= MOST_RANGES && areDistinct(ranges.map(({key}) => key))
      ? ranges
      : undefined;
  },
  format: (ranges) => ranges.map(({key, from, to}) => `${key}:${from}:${to}`).join(';'),
};

/** `gap` rising, `-gap` falling. */
export const sortingCodec: Codec<Sorting> = {
  parse(text) {
    const falling = text.startsWith('-');
    const key = falling ? text.slice(1) : text;
    return KEY.test(key) ? {key, falling} : undefined;
  },
  format: ({key, falling}) => (falling ? '-' : '') + key,
};

/** Different words with commas between; those that are not of the pattern are refused. */
export function listCodec(pattern: RegExp, most: number): Codec<readonly string[]> {
  return {
    parse(text) {
      const words = text === '' ? [] : text.split(',');
      const sound = words.length <= most && words.every((word) => pattern.test(word));
      return sound && areDistinct(words) ? words : undefined;
    },
    format: (words) => words.join(','),
  };
}

function areDistinct(words: readonly string[]): boolean {
  return new Set(words).size === words.length;
}

/** A quantity's key. */
export const keyCodec: Codec<string> = {
  parse: (text) => (KEY.test(text) ? text : undefined),
  format: (key) => key,
};
