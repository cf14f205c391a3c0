/** From a clone to tarballs that say where they come from. */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {run} from '../execute.ts';
import {packageFolders} from '../packages.ts';
import {stampManifest, stampReadme} from './stamp.ts';

export interface Release {
  readonly name: string;
  readonly version: string;
  /** Under which registries find it when no version is asked for: `latest`, or a channel such as `next`. */
  readonly tag: string;
}

interface PublishPlan {
  readonly plan: readonly (readonly (Release & {readonly kind: string})[])[];
}

/** Writes addresses into all packages of the clone. */
export function stampPackages(
  clone: string,
  address: string,
  {provenance}: {readonly provenance: boolean},
): void {
  for (const directory of packageFolders(clone)) {
    const home = {address, directory};
    const [manifestPath, readmePath] = [
      join(clone, directory, 'package.json'),
      join(clone, directory, 'README.md'),
    ];
    const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Record<string, unknown>;
    writeFileSync(manifestPath, JSON.stringify(stampManifest(manifest, home, {provenance}), null, 2) + '\n');
    const tag = `${String(manifest['name'])}@${String(manifest['version'])}`;
    writeFileSync(readmePath, stampReadme(readFileSync(readmePath, 'utf8'), home, {tag, root: clone}));
  }
}

/**
 * Packs, into `destination`, what the registry does not have yet.
 *
 * @returns what there is to publish
 */
export async function packReleases(clone: string, destination: string): Promise<readonly Release[]> {
  await run('pnpm', ['exec', 'changeset', 'pack', '--out-dir', destination], {cwd: clone});
  const file = join(destination, 'publish-plan.json');
  if (!existsSync(file)) return [];
  const {plan} = JSON.parse(readFileSync(file, 'utf8')) as PublishPlan;
  return plan.flat().filter(({kind}) => kind === 'publish');
}

/** Publishes what was packed, and tags in the clone what was published. */
export async function publishReleases(
  clone: string,
  packed: string,
  {atTerminal = false, provenance = false} = {},
): Promise<void> {
  // pnpm heeds the setting, and not what the manifest says under `publishConfig`, which is npm's.
  const env = provenance ? {...process.env, PNPM_CONFIG_PROVENANCE: 'true'} : process.env;
  await run('pnpm', ['exec', 'changeset', 'publish', '--from-pack-dir', packed], {
    cwd: clone,
    env,
    atTerminal,
  });
}
