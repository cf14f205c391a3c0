import {execFileSync} from 'node:child_process';
import {beforeAll, describe, expect, it} from 'vitest';
import {experimentFolders, floors} from '../.dependency-cruiser.mjs';
import {isProduction} from './sources.ts';

/** One file imports another, be it for types alone. */
interface Arrow {
  readonly from: string;
  readonly to: string;
}

interface Cruise {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly {readonly resolved: string}[];
  }[];
}

let arrows: Arrow[] = [];

beforeAll(() => {
  const args = ['packages', '--config', '.dependency-cruiser.mjs', '--output-type', 'json'];
  const program = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
  const output = execFileSync(process.execPath, [program, ...args], {maxBuffer: 2 ** 28, encoding: 'utf8'});
  arrows = (JSON.parse(output) as Cruise).modules
    .flatMap(({source, dependencies}) => dependencies.map(({resolved}) => ({from: source, to: resolved})))
    .filter(({from, to}) =>
      [from, to].every((path) => /^packages[/][^/]+[/]src[/]/.test(path) && isProduction(path)),
    );
});

describe('the import graph of the packages, types included', () => {
  it('has arrows between packages downwards only', () => {
    const between = crossing(/^packages[/]([^/]+)[/]/);
    console.log(`${arrows.length} arrows between files, ${between.length} of them between packages`);
    expect(between.length).toBeGreaterThan(300);
    expect(notDownwards(between, floors)).toEqual([]);
  });

  it('has arrows between the folders of experiments backwards only, in the order of its listing', () => {
    const between = crossing(/^packages[/]experiments[/]src[/]([^/]+)[/]/);
    console.log(`${between.length} arrows between folders of experiments`);
    expect(between.length).toBeGreaterThan(50);
    expect(notDownwards(between, experimentFolders)).toEqual([]);
  });

  it('has no cycle of files', () => {
    expect(arrows.length).toBeGreaterThan(1000);
    expect(cyclic(arrows)).toEqual([]);
  });
});

describe('what finds wrong arrows', () => {
  it('finds those that lead up, to the same floor, or to what has no place', () => {
    const table = [['low'], ['middle', 'beside'], ['high']];
    const arrow = (from: string, to: string) => ({from, to, places: [from, to]});
    const wrong = [arrow('low', 'high'), arrow('middle', 'beside'), arrow('high', 'elsewhere')];
    expect(notDownwards([arrow('high', 'low'), ...wrong], table)).toHaveLength(3);
  });

  it('finds a cycle, and neither what leads into it nor what it leads to', () => {
    const chain = ['start', 'one', 'two', 'three', 'one'].map((from, i, all) => ({
      from,
      to: all[i + 1] ?? 'end',
    }));
    expect(cyclic(chain).toSorted()).toEqual(['one', 'three', 'two']);
    expect(cyclic(chain.slice(0, 3))).toEqual([]);
  });
});

/** Arrows that lead from one place to another, a place being what `pattern` captures of a path. */
function crossing(pattern: RegExp): (Arrow & {places: string[]})[] {
  return arrows.flatMap((arrow) => {
    const places = [arrow.from, arrow.to].flatMap((path) => pattern.exec(path)?.[1] ?? []);
    return new Set(places).size === 2 ? [{...arrow, places}] : [];
  });
}

/** Those that do not lead from a later line of `table` to an earlier one. */
function notDownwards(
  between: readonly (Arrow & {readonly places: readonly string[]})[],
  table: readonly (readonly string[])[],
): Arrow[] {
  const lineOf = (place = ''): number => table.findIndex((line) => line.includes(place));
  return between
    .filter(({places: [from, to]}) => lineOf(to) === -1 || lineOf(from) <= lineOf(to))
    .map(({from, to}) => ({from, to}));
}

/** What is on a cycle or between two: all that is left once nothing imports only, or is only imported, any more. */
function cyclic(all: readonly Arrow[]): string[] {
  let left = [...all];
  for (let before = Infinity; left.length < before;) {
    before = left.length;
    const importing = new Set(left.map(({from}) => from));
    const imported = new Set(left.map(({to}) => to));
    left = left.filter(({from, to}) => imported.has(from) && importing.has(to));
  }
  return [...new Set(left.map(({from}) => from))];
}
