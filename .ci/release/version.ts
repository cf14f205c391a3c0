/** The first half of a release: versions and changelogs, for somebody to look at and commit. */
import {isPlaceholder, parseAddress, readAddress, writeAddress} from './address.ts';
import {ask, confirm} from './ask.ts';
import {git} from './clone.ts';
import {type Step, runSteps} from './steps.ts';
import {channelOf, describeBumps, pendingChangesets, versionPackages} from './versions.ts';

export interface VersionOptions {
  readonly channel: string | undefined;
  /** Asks nothing. */
  readonly ci: boolean;
}

/** Versions and changelogs in the working tree, where nothing else may be changed. */
export async function makeVersions({channel, ci}: VersionOptions): Promise<void> {
  await runSteps([
    cleanTree,
    {name: 'address', run: () => knowAddress(ci)},
    {
      name: 'version',
      run: async () => {
        if (pendingChangesets('.') === 0 && channelOf('.') === undefined)
          throw new Error(
            'release: expected changesets to make versions of, got none; `pnpm changeset` writes one',
          );
        return describeBumps(await versionPackages('.', channel));
      },
    },
  ]);
}

/** The same, committed once somebody has said that it is good. */
export async function makeVersionsAndCommit({channel}: Pick<VersionOptions, 'channel'>): Promise<void> {
  await makeVersions({channel, ci: false});
  console.log(git(['diff', '--stat', '--', '*CHANGELOG.md', '*package.json']));
  await confirm('Commit these versions?');
  git(['add', '--all']);
  git(['commit', '--quiet', '--message', 'Versions and changelogs of a release']);
}

/** What is not committed would be part of no release, and of its tags neither. */
export const cleanTree: Step = {
  name: 'clean',
  run: () => {
    const changed = git(['status', '--porcelain']).trimEnd();
    if (changed !== '') throw new Error(`release: expected a working tree without changes, got\n${changed}`);
    return git(['rev-parse', '--short', 'HEAD']).trim();
  },
};

/** @throws Error where the address is a placeholder, and nobody can be asked */
async function knowAddress(ci: boolean): Promise<string> {
  const address = readAddress();
  if (!isPlaceholder(address)) return address;
  if (ci) throw placeholderError(address);
  const told = parseAddress(
    await ask('Where does this repository live, such as https://github.com/owner/minefield?'),
  );
  writeAddress(told);
  return told;
}

export function placeholderError(address: string): Error {
  return new Error(
    `release: expected the repository's address in package.json, got the placeholder ${address}; ` +
      '`pnpm release version` at a terminal asks for it',
  );
}
