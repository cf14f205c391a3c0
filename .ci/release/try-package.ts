/** A package as a stranger meets it: installed alone, imported, its first example run. */
import {readFileSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {type Place, execute, hear} from '../execute.ts';
import {lines} from '../follow-page.ts';
import {readManifest} from '../packages.ts';
import type {Installer} from './installers.ts';
import {firstExample, installCommands} from './readme.ts';

/**
 * What a user need not type. pnpm keeps what it learns of packages in the temporary folder, for its own cache would tell
 * the next registry on the same port of this one's packages; and it takes them young, which it mistrusts for a day.
 */
const quietly = {
  npm: ['--no-audit', '--no-fund'],
  pnpm: ['--config.cache-dir=../cache', '--config.minimum-release-age=0'],
};

/**
 * Dependencies of optional peers whose install scripts pnpm has to be allowed; it ends with an error otherwise. BullMQ
 * works as well without what this one builds.
 */
const SCRIPTS_OF_PEERS = 'msgpackr-extract';

/**
 * Installs the package of `folder` into `home`, which is empty but for an `.npmrc`, as its README says; imports every
 * entry point, starts every command, and runs the first example.
 *
 * @param folder the package's folder in the clone that was published
 * @returns undefined, or what failed
 */
export async function tryPackage(
  folder: string,
  {manager, nodeFolder}: Installer,
  home: string,
): Promise<string | undefined> {
  const {name} = readManifest(folder);
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const node = join(nodeFolder, 'node');
  const place: Place = {
    cwd: home,
    env: {...process.env, PATH: `${nodeFolder}${delimiter}${process.env['PATH'] ?? ''}`},
  };
  const install = (args: readonly string[]): Promise<string | undefined> =>
    execute(manager, [...args, ...quietly[manager]], place);

  for (const command of installCommands(readme, manager)) {
    const failure = await install(command);
    if (failure !== undefined) return failure;
  }
  const manifest = readManifest(join(home, 'node_modules', name));
  let withPeers = false;
  for (const path of Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'))) {
    const code = `await import(${JSON.stringify(name + path.slice(1))})`;
    const load = (): Promise<string | undefined> =>
      execute(node, ['--input-type=module', '--eval', code], place);
    let failure = await load();
    const peers = optionalPeers(manifest);
    if (!withPeers && peers.some(([peer]) => failure?.includes(`Cannot find package '${peer}'`))) {
      const scripts = manager === 'pnpm' ? [`--allow-build=${SCRIPTS_OF_PEERS}`] : [];
      const wanted = peers.map(([peer, range]) => `${peer}@${range}`);
      failure =
        (await install([manager === 'npm' ? 'install' : 'add', ...wanted, ...scripts])) ?? (await load());
      withPeers = true;
    }
    if (failure !== undefined) return failure;
  }
  for (const command of Object.keys(manifest.bin ?? {})) {
    const failure = await execute(join(home, 'node_modules', '.bin', command), ['--version'], place);
    if (failure !== undefined) return failure;
  }
  return runExample(readme, node, place);
}

async function runExample(readme: string, node: string, place: Place): Promise<string | undefined> {
  const {code, printed} = firstExample(readme);
  writeFileSync(join(place.cwd, 'example.mjs'), code);
  const {failure, output} = await hear(node, ['example.mjs'], place);
  if (failure !== undefined || printed === undefined) return failure;
  const [expected, got] = [printed, output].map((text) => lines(text).join('\n'));
  return expected === got ? undefined : `example: expected\n${expected}\ngot\n${got}`;
}

function optionalPeers(manifest: ReturnType<typeof readManifest>): [name: string, range: string][] {
  return Object.entries(manifest.peerDependencies ?? {}).filter(
    ([peer]) => manifest.peerDependenciesMeta?.[peer]?.optional === true,
  );
}
