/**
 * `pnpm check:install`: the packed tarballs are installed into an empty folder, as a user would, and plain Node imports
 * every entry point and runs the command; needs `pnpm build`.
 */
import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {inTemporaryFolder, pack, packageFolders, readManifest} from './packages.ts';

inTemporaryFolder((folder) => {
  const tarballs = Object.fromEntries(
    packageFolders().map((source) => [readManifest(source).name, `file:${pack(source, folder)}`]),
  );
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({private: true, type: 'module', dependencies: tarballs}),
  );
  // The packages depend on one another by version; here every version is the one just packed.
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), `overrides: ${JSON.stringify(tarballs)}\n`);
  attempt('pnpm', ['install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile']);

  for (const name of Object.keys(tarballs)) {
    const published = readManifest(join(folder, 'node_modules', name));
    for (const path of Object.keys(published.exports).filter((entry) => !entry.endsWith('.json'))) {
      const specifier = JSON.stringify(name + path.slice(1));
      attempt(process.execPath, ['--input-type=module', '--eval', `await import(${specifier})`]);
    }
    for (const command of Object.keys(published.bin ?? {})) {
      attempt(join(folder, 'node_modules', '.bin', command), ['--version']);
    }
  }

  function attempt(command: string, args: readonly string[]): void {
    const {status, stdout, stderr, error} = spawnSync(command, args, {cwd: folder, encoding: 'utf8'});
    if (status === 0) return;
    console.log(`${command} ${args.join(' ')}\n${error?.message ?? `${stdout}${stderr}`}`);
    process.exitCode = 1;
  }
});
