/** What a package says of the repository's address, written into it before it is packed. */
import {existsSync} from 'node:fs';
import {join, posix} from 'node:path';

export interface Home {
  /** Of the repository's page. */
  readonly address: string;
  /** The package's folder in the repository. */
  readonly directory: string;
}

/** The manifest with its addresses, in the places where registries look for them. */
export function stampManifest(
  manifest: Readonly<Record<string, unknown>>,
  {address, directory}: Home,
  {provenance}: {readonly provenance: boolean},
): Record<string, unknown> {
  const {publishConfig, ...rest} = manifest;
  return {
    ...rest,
    homepage: `${address}/tree/HEAD/${directory}#readme`,
    bugs: `${address}/issues`,
    repository: {type: 'git', url: `git+${address}.git`, directory},
    publishConfig: {...(publishConfig as object), ...(provenance ? {provenance} : {})},
  };
}

/**
 * The README with absolute links to what lies in the repository, as it was at `tag`: registries show it far from there.
 *
 * @param root folder in which links have to lead to a file
 * @throws Error where one does not
 */
export function stampReadme(
  readme: string,
  {address, directory}: Home,
  {tag, root}: {readonly tag: string; readonly root: string},
): string {
  // Code is passed over: fenced, indented or within a line.
  const code = /^```.*?^```$|^ {4}.*?$|`[^`\n]+`/gms.source;
  return readme.replaceAll(
    new RegExp(`${code}|\\]\\((?![a-z]+:|#|/)([^)\\s]+)\\)`, 'gms'),
    (whole: string, target: string | undefined) => {
      if (target === undefined) return whole;
      const [path = '', fragment] = target.split('#');
      const place = posix.join(directory, path);
      if (!existsSync(join(root, place)))
        throw new Error(`release: expected ${place}, which the README of ${directory} leads to, got none`);
      const hash = fragment === undefined ? '' : `#${fragment}`;
      return `](${address}/blob/${tag}/${place}${hash})`;
    },
  );
}
