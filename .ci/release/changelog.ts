/** How changesets write changelogs: a line for each change, with a link to its commit once the repository has an address. */
import {isPlaceholder, readAddress} from './address.ts';

interface Change {
  readonly summary: string;
  readonly commit?: string | undefined;
}

interface Dependency {
  readonly name: string;
  readonly newVersion: string;
}

export function getReleaseLine(change: Change): string {
  return releaseLine(change, readAddress());
}

export function getDependencyReleaseLine(_: unknown, dependencies: readonly Dependency[]): string {
  if (dependencies.length === 0) return '';
  const names = dependencies.map(({name, newVersion}) => `\`${name}\` ${newVersion}`);
  return `- Works with ${new Intl.ListFormat('en').format(names)}.`;
}

/** An item of a list: the change's paragraphs, and its commit where there is an address for it. */
export function releaseLine({summary, commit}: Change, address: string): string {
  const known = commit !== undefined && !isPlaceholder(address);
  const link = known ? ` ([${commit.slice(0, 7)}](${address}/commit/${commit}))` : '';
  return `- ${summary.trim().replaceAll(/\n(?=.)/g, '\n  ')}${link}`;
}
