/** `pnpm build`: compiles every package to its `dist`, from nothing, so that no file of a deleted source stays in it. */
import {spawnSync} from 'node:child_process';
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {packageFolders} from './packages.ts';

for (const folder of packageFolders()) {
  rmSync(join(folder, 'dist'), {recursive: true, force: true});
  rmSync(join(folder, 'tsconfig.tsbuildinfo'), {force: true});
}
const {status} = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--build'], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
