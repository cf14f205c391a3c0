/** Package managers, each on the Nodes that packages are for. */
import {mkdirSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {execute, run} from '../execute.ts';

/** A package manager on a Node. */
export interface Installer {
  readonly manager: 'npm' | 'pnpm';
  readonly node: string;
  readonly nodeFolder: string;
}

/** The lowest that `engines` allows, and the lines that are maintained above it. */
const NODES = ['22.12', '24', '26'];

/** pnpm on the Node that runs this. */
export const installerAtHand: Installer = {
  manager: 'pnpm',
  node: process.version.slice(1),
  nodeFolder: dirname(process.execPath),
};

/** npm and pnpm on each of {@link NODES}, which come from npm into `folder`. */
export async function everyInstaller(folder: string): Promise<Installer[]> {
  const nodes: Omit<Installer, 'manager'>[] = [];
  for (const node of NODES) {
    const cwd = emptyFolder(join(folder, `node-${node}`));
    const nodeFolder = join(cwd, 'node_modules', 'node', 'bin');
    await run('npm', ['install', '--no-audit', '--no-fund', `node@${node}`], {cwd});
    // Its own script may have been kept from bringing it.
    const test = `process.exit(process.version.startsWith('v${node}.') ? 0 : 1)`;
    const failure = await execute(join(nodeFolder, 'node'), ['--eval', test], {cwd});
    if (failure !== undefined) throw new Error(failure);
    nodes.push({node, nodeFolder});
  }
  return (['npm', 'pnpm'] as const).flatMap((manager) => nodes.map((node) => ({manager, ...node})));
}

export function emptyFolder(path: string): string {
  rmSync(path, {recursive: true, force: true});
  mkdirSync(path, {recursive: true});
  return path;
}
