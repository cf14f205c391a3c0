/** Pagefind as the search page uses it. It is loaded when a reader first searches. */
import {siteRoot} from '../explorers/data/site-root.ts';

/** A place that was found, within a page or a whole one. */
export interface Place {
  readonly title: string;
  readonly url: string;
  /** Words around what was found, which stands in `<mark>`. */
  readonly excerpt: string;
}

export interface Found extends Place {
  readonly places: readonly Place[];
}

export interface Findings {
  /** How many pages there are; the first of them are in `pages`. */
  readonly count: number;
  readonly pages: readonly Found[];
}

/** Its part that is used here. */
interface Pagefind {
  options(options: {readonly baseUrl: string; readonly excerptLength: number}): Promise<void>;
  debouncedSearch(
    query: string,
    options: object,
    milliseconds: number,
  ): Promise<{
    readonly results: readonly {readonly data: () => Promise<Fragment>}[];
  } | null>;
}

interface Fragment {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: {readonly title?: string};
  readonly sub_results: readonly Place[];
}

/** Pages shown, and places within each. */
const [PAGES, PLACES] = [12, 3];

let engine: Promise<Pagefind> | undefined;

export function loadEngine(): Promise<Pagefind> {
  engine ??= load();
  // What could not be loaded may be the next time.
  engine.catch(() => (engine = undefined));
  return engine;
}

async function load(): Promise<Pagefind> {
  const root = new URL(siteRoot(), location.href);
  const pagefind = (await import(/* @vite-ignore */ new URL('pagefind/pagefind.js', root).href)) as Pagefind;
  await pagefind.options({baseUrl: root.pathname, excerptLength: 24});
  return pagefind;
}

/** @returns null where a later search has taken the place of this one */
export async function search(query: string): Promise<Findings | null> {
  const found = await (await loadEngine()).debouncedSearch(query, {}, 150);
  if (found === null) return null;
  const fragments = await Promise.all(found.results.slice(0, PAGES).map(({data}) => data()));
  const pages = fragments.map(({url, excerpt, meta, sub_results}) => ({
    title: meta.title ?? url,
    url,
    excerpt,
    places: placesFor(
      query,
      sub_results.filter((place) => place.url !== url),
    ),
  }));
  return {count: found.results.length, pages};
}

/** Places that are called what was asked for come first. */
function placesFor(query: string, places: readonly Place[]): Place[] {
  const asked = query.toLowerCase();
  const named = (place: Place): boolean => place.title.toLowerCase().includes(asked);
  return [...places.filter(named), ...places.filter((place) => !named(place))].slice(0, PLACES);
}
