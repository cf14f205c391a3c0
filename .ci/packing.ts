/** `pnpm check:packing`: publint and attw judge the tarball of each package; needs `pnpm build`. */
import {run} from './execute.ts';
import {inTemporaryFolder, pack, packageFolders} from './packages.ts';

await inTemporaryFolder((folder) => {
  for (const source of packageFolders()) {
    const tarball = pack(source, folder);
    judge(source, 'publint', ['run', tarball, '--strict']);
    judge(source, 'attw', [tarball, '--profile', 'esm-only', '--format', 'ascii']);
  }
});

function judge(source: string, tool: string, args: readonly string[]): void {
  const {status, output} = run(tool, args);
  if (status === 0) return;
  console.log(`${source}, ${tool}:\n${output}`);
  process.exitCode = 1;
}
