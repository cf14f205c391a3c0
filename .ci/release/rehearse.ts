/**
 * A release on this machine: everything is versioned, packed and published to a registry on loopback, out of a clone of
 * the working tree; then each package is used as a stranger would.
 */
import {writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {run} from '../execute.ts';
import {inTemporaryFolder, packageFolders} from '../packages.ts';
import {readAddress} from './address.ts';
import {bundlers, isBrowserSafe, tryBundle} from './bundles.ts';
import {AUTHOR, cloneWorkingTree, copyBuild, git} from './clone.ts';
import {type Installer, emptyFolder, everyInstaller, installerAtHand} from './installers.ts';
import {packReleases, publishReleases, stampPackages} from './pack.ts';
import {serveRegistry} from './registry.ts';
import {type Step, runSteps} from './steps.ts';
import {tryPackage} from './try-package.ts';
import {describeBumps, pendingChangesets, versionPackages} from './versions.ts';

export interface RehearseOptions {
  /** npm and pnpm on every Node, and bundlers; pnpm on the running Node otherwise. */
  readonly full: boolean;
  /** Takes what `pnpm build` made here, in the place of a build of its own. */
  readonly built: boolean;
  readonly channel: string | undefined;
  /** A change of one package, by the name of its folder, that is released after everything is published. */
  readonly change: {readonly name: string; readonly bump: 'patch' | 'minor'} | undefined;
  /** Folders of the packages to try; all where there is none. */
  readonly only: readonly string[];
}

/** @throws Error where a step fails or a package does, after all were tried */
export async function rehearse({full, built, channel, change, only}: RehearseOptions): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const clone = join(folder, 'clone');
    const registry = await serveRegistry(emptyFolder(join(folder, 'registry')));
    const version: Step = {
      name: 'version',
      run: async () => {
        const bumps = pendingChangesets(clone) > 0 ? await versionPackages(clone, channel) : [];
        git(['add', '--all'], clone);
        git([...AUTHOR, 'commit', '--quiet', '--allow-empty', '--message', 'Versions'], clone);
        return describeBumps(bumps);
      },
    };
    const publish = (packed: string): Step[] => [
      {
        name: 'pack',
        run: async () => {
          stampPackages(clone, readAddress(), {provenance: false});
          const releases = await packReleases(clone, packed);
          git(['restore', 'packages'], clone);
          return counted(releases.length, 'package');
        },
      },
      {
        name: 'publish',
        run: async () => {
          await publishReleases(clone, packed);
          return counted(git(['tag', '--points-at', 'HEAD'], clone).trim().split('\n').length, 'tag');
        },
      },
    ];
    try {
      await runSteps([
        {
          name: 'clone',
          run: async () => {
            await cloneWorkingTree(clone);
            writeFileSync(join(clone, '.npmrc'), registry.npmrc);
            return undefined;
          },
        },
        version,
        {
          name: 'build',
          run: async () => {
            if (built) copyBuild(clone);
            else await run('pnpm', ['build'], {cwd: clone});
            return built ? 'what was built here' : undefined;
          },
        },
        ...publish(join(folder, 'packed')),
      ]);
      if (change !== undefined) {
        const text = `---\n'@minefield/${change.name}': ${change.bump}\n---\n\nA change of one package.\n`;
        writeFileSync(join(clone, '.changeset', 'rehearsed-change.md'), text);
        await runSteps([version, ...publish(join(folder, 'changed'))]);
      }
      if (channel === undefined) await tryAll(folder, clone, registry.npmrc, {full, only});
    } finally {
      registry.close();
    }
  });
}

/** Tries each package with each installer, and prints a table of seconds. */
async function tryAll(
  folder: string,
  clone: string,
  npmrc: string,
  {full, only}: Pick<RehearseOptions, 'full' | 'only'>,
): Promise<void> {
  const installers = full ? await everyInstaller(folder) : [installerAtHand];
  const home = join(folder, 'home');
  const chosen = packageFolders(clone).filter((path) => only.length === 0 || only.includes(basename(path)));
  const rows: Record<string, Record<string, string>> = {};
  const failures: string[] = [];
  const attempt = async (
    path: string,
    column: string,
    work: () => Promise<string | undefined>,
  ): Promise<void> => {
    const start = performance.now();
    const failure = await work();
    const row = (rows[basename(path)] ??= {});
    row[column] = failure === undefined ? `${((performance.now() - start) / 1000).toFixed(1)} s` : 'failed';
    if (failure !== undefined) failures.push(`${basename(path)}, ${column}: ${failure}`);
  };
  const column = ({manager, node}: Installer): string => `${manager}, Node ${node}`;
  for (const path of chosen) {
    for (const installer of installers) {
      emptyFolder(home);
      writeFileSync(join(home, '.npmrc'), npmrc);
      await attempt(path, column(installer), () => tryPackage(join(clone, path), installer, home));
    }
    // What the last of the installers left there is what is bundled.
    for (const bundler of full && isBrowserSafe(path) ? Object.keys(bundlers) : [])
      await attempt(path, bundler, () => tryBundle(join(clone, path), bundler, home));
    if (full) console.log(`  ${basename(path)}: ${Object.values(rows[basename(path)] ?? {}).join(', ')}`);
  }
  console.table(rows);
  if (failures.length > 0) throw new Error(failures.join('\n\n'));
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
