/** The reference of one package: its entries by kind, with links from types to types. */
import type {ApiEntry, ApiKind} from '../api/api.ts';

export interface Kind {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly ApiEntry[];
}

const TITLES: Readonly<Record<ApiKind, string>> = {
  function: 'Functions',
  class: 'Classes',
  constant: 'Constants',
  type: 'Types',
};

/** The entries of a package, those of each kind in the order of the alphabet. */
export function kindsOf(entries: readonly ApiEntry[], name: string): Kind[] {
  const own = entries.filter((entry) => entry.package === name);
  const byName = (a: ApiEntry, b: ApiEntry): number => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
  return (Object.keys(TITLES) as ApiKind[])
    .map((kind) => ({
      id: `all-${kind}`,
      title: TITLES[kind],
      entries: own.filter((entry) => entry.kind === kind).toSorted(byName),
    }))
    .filter((kind) => kind.entries.length > 0);
}

/** The id of an entry on its package's page. What is for Node alone may have a namesake for browsers. */
export function idOf({name, node}: Pick<ApiEntry, 'name' | 'node'>): string {
  return node ? `node-${name}` : name;
}

/** Where an entry of the reference stands, from the site's root. */
export function addressOf(entry: ApiEntry): string {
  return `api/${entry.package}.html#${idOf(entry)}`;
}

/**
 * Turns a link of a doc comment, `api:<package>#<name>`, into an address from the site's root.
 *
 * @throws {Error} when nothing of that name is exported
 */
export function followLink(target: string, entries: readonly ApiEntry[]): string {
  const [, of, name] = /^api:([^#]*)#(.*)$/.exec(target) ?? [];
  const named = entries.filter((each) => each.name === name);
  // What a package hands on of another stands there.
  const entry = named.find((each) => each.package === of) ?? (named.length === 1 ? named[0] : undefined);
  if (entry === undefined) throw new Error(`site.followLink: expected a link to an export, got "${target}"`);
  return addressOf(entry);
}

/** A piece of a declaration, with an address where it names a type that has one. */
export interface Piece {
  readonly text: string;
  readonly to?: string;
}

/**
 * Cuts a declaration at the names of types and classes that the reference has: those of its own package, and of others where only one
 * has the name. Comments, texts and keys stay as they are.
 */
export function linkedCode(entry: ApiEntry, entries: readonly ApiEntry[]): Piece[] {
  const pieces: Piece[] = [];
  for (const [text] of entry.code.matchAll(TOKENS)) {
    const to = /^[A-Z]\w*$/.test(text) && text !== entry.name ? typeNamed(text, entry, entries) : undefined;
    const last = pieces.at(-1);
    if (to !== undefined) pieces.push({text, to: addressOf(to)});
    else if (last !== undefined && last.to === undefined)
      pieces[pieces.length - 1] = {text: last.text + text};
    else pieces.push({text});
  }
  return pieces;
}

/** Comments, texts, names, and whatever else there is, one character at a time. */
const TOKENS = /\/\*[^]*?\*\/|\/\/[^\n]*|'[^'\n]*'|[A-Za-z_$][\w$]*|[^]/g;

function typeNamed(
  name: string,
  {package: of}: ApiEntry,
  entries: readonly ApiEntry[],
): ApiEntry | undefined {
  const named = entries.filter(
    (each) => each.name === name && (each.kind === 'type' || each.kind === 'class'),
  );
  const own = named.find((each) => each.package === of);
  return own ?? (named.length === 1 ? named[0] : undefined);
}
