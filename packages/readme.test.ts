import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {lines} from '../.ci/follow-page.ts';
import {firstExample, importedPackages, installCommands} from '../.ci/release/readme.ts';
import {runNode} from '../.ci/run-node.ts';

/** Where a README's example runs: its own package, whose imports are those a user of the package has. */
const folders = readdirSync(import.meta.dirname, {withFileTypes: true})
  .filter((entry) => existsSync(join(import.meta.dirname, entry.name, 'package.json')))
  .map((entry) => entry.name);

/** Examples that ask for what lies on a network: a Redis, where none listens. */
const ASKS = ['queue'];

describe.each(folders)('the README of %s', (name) => {
  const folder = join(import.meta.dirname, name);
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');

  it('has a first example that runs without a network and prints what it says', () => {
    const {code, printed} = firstExample(readme);
    const args = ['--input-type=module', '--eval', code];
    const {attempts, status, stdout, stderr} = runNode({cwd: folder, args, network: ASKS.includes(name)});
    expect(attempts).toBe('');
    expect(status, stderr).toBe(0);
    if (printed !== undefined) expect(lines(stdout)).toEqual(lines(printed));
  });

  it.each(['npm', 'pnpm'] as const)('says how %s installs all that the example imports', (manager) => {
    const {code} = firstExample(readme);
    const imported = importedPackages(code);
    expect(imported).toContain(`@minefield/${name}`);
    expect(installCommands(readme, manager).flat()).toEqual(expect.arrayContaining(imported));
  });
});
