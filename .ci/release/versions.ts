/** Versions and changelogs, as changesets has them. */
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {basename, join} from 'node:path';
import {run} from '../execute.ts';
import {packageFolders, readManifest} from '../packages.ts';

export interface Bump {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Makes versions and changelogs of the changesets in the repository at `folder`: a pre-release where a channel is named,
 * releases otherwise, also where the last one was a pre-release.
 *
 * @returns the packages whose version is another now
 */
export async function versionPackages(folder: string, channel?: string): Promise<readonly Bump[]> {
  const before = versionsIn(folder);
  const entered = channelOf(folder);
  if (entered !== undefined && channel !== undefined && entered !== channel)
    throw new Error(
      `release: expected the channel ${entered}, which is open, got ${channel}; release it first`,
    );
  const changeset = (...args: string[]): Promise<void> =>
    run('pnpm', ['exec', 'changeset', ...args], {cwd: folder});
  if (entered === undefined && channel !== undefined) await changeset('pre', 'enter', channel);
  if (entered !== undefined && channel === undefined) await changeset('pre', 'exit');
  await changeset('version');
  return bumpsBetween(before, versionsIn(folder));
}

/** The channel of pre-releases that is open; undefined where releases are made. */
export function channelOf(folder: string): string | undefined {
  const file = join(folder, '.changeset', 'pre.json');
  if (!existsSync(file)) return undefined;
  const {mode, tag} = JSON.parse(readFileSync(file, 'utf8')) as {mode: string; tag: string};
  return mode === 'pre' ? tag : undefined;
}

/** How many changesets wait for a version. */
export function pendingChangesets(folder: string): number {
  return readdirSync(join(folder, '.changeset')).filter((name) => name.endsWith('.md')).length;
}

export function bumpsBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Bump[] {
  return [...after]
    .map(([name, to]) => ({name, from: before.get(name) ?? 'new', to}))
    .filter(({from, to}) => from !== to);
}

/** Most packages that a sentence names one by one. */
const NAMED = 9;

/** Bumps in a sentence, packages that get one version from one together. */
export function describeBumps(bumps: readonly Bump[]): string {
  const groups = Map.groupBy(bumps, ({from, to}) => `${from} → ${to}`);
  const parts = [...groups].map(([step, group]) => {
    const names = group.map(({name}) => basename(name)).join(', ');
    return `${group.length > NAMED ? `${group.length} packages` : names} ${step}`;
  });
  return parts.join('; ') || 'nothing to release';
}

function versionsIn(folder: string): Map<string, string> {
  const manifests = packageFolders(folder).map((path) => readManifest(join(folder, path)));
  return new Map(manifests.map(({name, version}) => [name, version]));
}
