import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {join} from 'node:path';

/**
 * Versions of installed packages, as a module sees them.
 *
 * @param from - the module's `import.meta.url`.
 * @returns name to version; a package that is not installed is left out.
 */
export async function packageVersions(
  names: readonly string[],
  from: string,
): Promise<Record<string, string>> {
  const {resolve} = createRequire(from);
  const found = await Promise.all(names.map((name) => versionIn(resolve.paths(name) ?? [], name)));
  return Object.fromEntries(
    names.flatMap((name, index) => (found[index] === undefined ? [] : [[name, found[index]]])),
  );
}

async function versionIn(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    try {
      const manifest: unknown = JSON.parse(await readFile(join(folder, name, 'package.json'), 'utf8'));
      if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
        return String(manifest.version);
    } catch {
      // Not in this folder: the next one up.
    }
  }
  return undefined;
}
