/** `pnpm check:packing`: publint and attw judge the tarball of each package; needs `pnpm build`. */
import {spawnSync} from 'node:child_process';
import {inTemporaryFolder, pack, packageFolders} from './packages.ts';

await inTemporaryFolder((folder) => {
  for (const source of packageFolders()) {
    const tarball = pack(source, folder);
    judge(source, 'publint', ['run', tarball, '--strict']);
    judge(source, 'attw', [tarball, '--profile', 'esm-only', '--format', 'ascii']);
  }
});

function judge(source: string, tool: string, args: readonly string[]): void {
  const {status, stdout, stderr} = spawnSync(tool, args, {encoding: 'utf8'});
  if (status === 0) return;
  console.log(`${source}, ${tool}:\n${stdout}${stderr}`);
  process.exitCode = 1;
}
