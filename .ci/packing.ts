/** `pnpm check:packing`: publint and attw judge the tarball of each package; needs `pnpm build`. */
import {spawnSync} from 'node:child_process';
import {inTemporaryFolder, pack, publishedPackages} from './packages.ts';

inTemporaryFolder((folder) => {
  for (const {folder: source, manifest} of publishedPackages()) {
    const tarball = pack(source, folder);
    judge(manifest.name, 'publint', ['run', tarball, '--strict']);
    judge(manifest.name, 'attw', [tarball, '--profile', 'esm-only', '--format', 'ascii']);
  }
});

function judge(name: string, tool: string, args: readonly string[]): void {
  const {status, stdout, stderr} = spawnSync(tool, args, {encoding: 'utf8'});
  if (status === 0) return;
  console.log(`${tool}: ${name}\n${stdout}${stderr}`);
  process.exitCode = 1;
}
