/**
 * `pnpm fuzz [inputs] [seed]`: every reader of untrusted bytes in turn, each with so many mutated inputs, 1,000,000 otherwise;
 * exit code 1 where one is at fault.
 */
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

const root = new URL('..', import.meta.url);
const {scripts} = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

for (const [name, script] of Object.entries(scripts)) {
  if (!name.startsWith('fuzz:')) continue;
  const [, ...flags] = script.split(' ');
  const {status} = spawnSync(process.execPath, [...flags, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
