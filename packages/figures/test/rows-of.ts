import type {View} from '../src/figure.ts';

type Row = Readonly<Record<string, unknown>>;

/** The data of every layer of every panel. */
export function rowsOf(spec: unknown): Row[][] {
  const view = spec as View;
  const own = (view['data'] as {values?: Row[]} | undefined)?.values;
  const children = [view['layer'], view['concat']].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  return [...(own === undefined ? [] : [own]), ...children.flatMap(rowsOf)];
}
