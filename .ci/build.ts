/** `pnpm build`: compiles every package to its `dist`, from nothing, so that no file of a deleted source is left in it. */
import {spawnSync} from 'node:child_process';
import {readdirSync, rmSync} from 'node:fs';

for (const name of readdirSync('packages')) {
  rmSync(`packages/${name}/dist`, {recursive: true, force: true});
  rmSync(`packages/${name}/tsconfig.tsbuildinfo`, {force: true});
}
const {status} = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--build'], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
