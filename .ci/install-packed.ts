/**
 * `pnpm check:install`: the packed tarballs are installed into an empty folder, as a user would, and plain Node imports
 * every entry point and runs the command; needs `pnpm build`.
 */
import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {inTemporaryFolder, pack, packageFolders, readManifest} from './packages.ts';

inTemporaryFolder((folder) => {
  const packages = packageFolders().map((source) => ({
    manifest: readManifest(source),
    tarball: pack(source, folder),
  }));
  const tarballs = Object.fromEntries(
    packages.map(({manifest, tarball}) => [manifest.name, `file:${tarball}`]),
  );
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({private: true, type: 'module', dependencies: tarballs}),
  );
  // The packages depend on one another by version; here every version is the one just packed.
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), `overrides: ${JSON.stringify(tarballs)}\n`);
  attempt('pnpm', ['install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile']);

  for (const {manifest} of packages) {
    for (const path of Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'))) {
      const specifier = JSON.stringify(manifest.name + path.slice(1));
      attempt(process.execPath, ['--input-type=module', '--eval', `await import(${specifier})`]);
    }
    for (const command of Object.keys(manifest.bin ?? {})) {
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
