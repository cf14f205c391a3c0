/**
 * `pnpm check:install`: the packed tarballs are installed into an empty folder, as a user would, and plain Node imports
 * every entry point and runs the command; needs `pnpm build`.
 */
import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {inTemporaryFolder, pack, publishedPackages} from './packages.ts';

inTemporaryFolder((folder) => {
  const packages = publishedPackages();
  const tarballs = Object.fromEntries(
    packages.map(({folder: source, manifest}) => [manifest.name, `file:${pack(source, folder)}`]),
  );
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({private: true, type: 'module', dependencies: tarballs}),
  );
  // The packages depend on one another by version; here every version is the one just packed.
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), `overrides: ${JSON.stringify(tarballs)}\n`);
  run('pnpm', ['install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile']);

  for (const {manifest} of packages) {
    for (const path of Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'))) {
      const specifier = manifest.name + path.slice(1);
      run(process.execPath, ['--input-type=module', '--eval', `await import(${JSON.stringify(specifier)})`]);
    }
    for (const command of Object.keys(manifest.bin ?? {})) {
      run(join(folder, 'node_modules', '.bin', command), ['--version']);
    }
  }

  function run(command: string, args: readonly string[]): void {
    execFileSync(command, args, {cwd: folder, stdio: ['ignore', 'pipe', 'inherit']});
  }
});
