/**
 * `pnpm check:install`: each package is installed alone into an empty folder, from a registry that holds this very build
 * of all of them; then plain Node imports every entry point and runs the commands. By default with pnpm on the running
 * Node; `pnpm check:install --full` takes npm and pnpm, each on Node 22 and 24, and prints a table. Names
 * (`pnpm check:install cli queue`) choose these packages alone. Needs `pnpm build`.
 */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {basename, delimiter, dirname, join} from 'node:path';
import {parseArgs} from 'node:util';
import {type Place, execute} from './execute.ts';
import {serveTarballs} from './local-registry.ts';
import {inTemporaryFolder, pack, packageFolders, readManifest} from './packages.ts';

/**
 * What a user types, up to the names of packages. What pnpm learns of packages is kept in the temporary folder: its own
 * cache would tell the next registry on the same port of this one's tarballs.
 */
const adding = {
  npm: ['install', '--no-audit', '--no-fund'],
  pnpm: ['add', '--config.cache-dir=../cache'],
};

/**
 * Dependencies of optional peers whose install scripts pnpm has to be allowed; it ends with an error otherwise. BullMQ
 * works as well without what this one builds.
 */
const SCRIPTS_OF_PEERS = 'msgpackr-extract';

/** A package manager on a Node. */
interface Installer {
  readonly manager: keyof typeof adding;
  readonly node: string;
  readonly nodeFolder: string;
}

const {values, positionals} = parseArgs({options: {full: {type: 'boolean'}}, allowPositionals: true});
const all = packageFolders();
const unknown = positionals.filter((name) => !all.some((source) => basename(source) === name));
if (unknown.length > 0) throw new Error(`expected names of packages, got ${unknown.join(', ')}`);
const sources = all.filter((source) => positionals.length === 0 || positionals.includes(basename(source)));

await inTemporaryFolder(async (folder) => {
  const tarballs = all.map((source) => pack(source, folder));
  const registry = await serveTarballs('@minefield', tarballs);
  try {
    const installers =
      values.full === true
        ? await everyInstaller(folder)
        : [{manager: 'pnpm', node: process.version, nodeFolder: dirname(process.execPath)} as const];
    const rows: Record<string, Record<string, string>> = {};
    for (const installer of installers) {
      for (const source of sources) {
        const home = emptyFolder(join(folder, 'home'));
        writeFileSync(join(home, '.npmrc'), registry.npmrc);
        const outcome = await tryPackage(readManifest(source).name, installer, home);
        (rows[basename(source)] ??= {})[`${installer.manager}, Node ${installer.node}`] = outcome;
      }
    }
    if (values.full === true) console.table(rows);
  } finally {
    registry.close();
  }
});

async function everyInstaller(folder: string): Promise<Installer[]> {
  const nodes: Pick<Installer, 'node' | 'nodeFolder'>[] = [];
  for (const node of ['22', '24']) {
    const cwd = emptyFolder(join(folder, `node-${node}`));
    const nodeFolder = join(cwd, 'node_modules', 'node', 'bin');
    // Its own script may have been kept from bringing it.
    const test = `process.exit(process.version.startsWith('v${node}.') ? 0 : 1)`;
    const failure =
      (await execute('npm', [...adding.npm, `node@${node}`], {cwd})) ??
      (await execute(join(nodeFolder, 'node'), ['--eval', test], {cwd}));
    if (failure !== undefined) throw new Error(failure);
    nodes.push({node, nodeFolder});
  }
  return (['npm', 'pnpm'] as const).flatMap((manager) => nodes.map((node) => ({manager, ...node})));
}

/** Installs and uses a package, and says on standard output what failed. @returns seconds, or that it failed */
async function tryPackage(name: string, installer: Installer, home: string): Promise<string> {
  const start = performance.now();
  const failure = await firstFailure(name, installer, home);
  if (failure === undefined) return `${((performance.now() - start) / 1000).toFixed(1)} s`;
  console.log(`${name} with ${installer.manager} on Node ${installer.node}: ${failure}`);
  process.exitCode = 1;
  return 'failed';
}

async function firstFailure(
  name: string,
  {manager, nodeFolder}: Installer,
  home: string,
): Promise<string | undefined> {
  const place: Place = {
    cwd: home,
    env: {...process.env, PATH: `${nodeFolder}${delimiter}${process.env['PATH'] ?? ''}`},
  };
  const installing = await execute(manager, [...adding[manager], name], place);
  if (installing !== undefined) return installing;

  const manifest = readManifest(join(home, 'node_modules', name));
  const optional = Object.entries(manifest.peerDependencies ?? {}).filter(
    ([peer]) => manifest.peerDependenciesMeta?.[peer]?.optional === true,
  );
  let withPeers = false;
  for (const path of Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'))) {
    const code = `await import(${JSON.stringify(name + path.slice(1))})`;
    const args = ['--input-type=module', '--eval', code];
    let failing = await execute(join(nodeFolder, 'node'), args, place);
    const missing = optional.some(([peer]) => failing?.includes(`Cannot find package '${peer}'`));
    if (missing && !withPeers) {
      const peers = optional.map(([peer, range]) => `${peer}@${range}`);
      const scripts = manager === 'pnpm' ? [`--allow-build=${SCRIPTS_OF_PEERS}`] : [];
      failing =
        (await execute(manager, [...adding[manager], ...peers, ...scripts], place)) ??
        (await execute(join(nodeFolder, 'node'), args, place));
      withPeers = true;
    }
    if (failing !== undefined) return failing;
  }
  for (const command of Object.keys(manifest.bin ?? {})) {
    const failing = await execute(join(home, 'node_modules', '.bin', command), ['--version'], place);
    if (failing !== undefined) return failing;
  }
  return undefined;
}

function emptyFolder(path: string): string {
  rmSync(path, {recursive: true, force: true});
  mkdirSync(path);
  return path;
}
