import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {firstExample, importedPackages, installCommands, visibleLines} from '../.ci/release/readme.ts';

/** Where a README's example runs: its own package, whose imports are those a user of the package has. */
const folders = readdirSync(import.meta.dirname, {withFileTypes: true})
  .filter((entry) => existsSync(join(import.meta.dirname, entry.name, 'package.json')))
  .map((entry) => entry.name);

describe.each(folders)('the README of %s', (name) => {
  const folder = join(import.meta.dirname, name);
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');

  it('has a first example that runs and prints what it says', {timeout: 120_000}, () => {
    const {code, printed} = firstExample(readme);
    const {status, stdout, stderr} = spawnSync(
      process.execPath,
      ['--conditions=@minefield/source', '--input-type=module', '-'],
      {cwd: folder, input: code, encoding: 'utf8'},
    );
    expect(status, stderr).toBe(0);
    if (printed !== undefined) expect(visibleLines(stdout)).toEqual(visibleLines(printed));
  });

  it.each(['npm', 'pnpm'] as const)('says how %s installs all that the example imports', (manager) => {
    const {code} = firstExample(readme);
    const imported = importedPackages(code);
    expect(imported).toContain(`@minefield/${name}`);
    expect(installCommands(readme, manager).flat()).toEqual(expect.arrayContaining(imported));
  });
});
