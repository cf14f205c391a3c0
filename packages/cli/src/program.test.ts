import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, it} from 'vitest';
import {hide} from '../test/hidden-packages.ts';
import {createProgram} from './program.ts';
import {terminal} from './terminal/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-program-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** Names of the commands that arguments have loaded. */
async function commandsFor(...args: string[]): Promise<string[]> {
  const io = terminal(process.stdout, process.stderr);
  const {commands} = await createProgram(io, () => undefined, args);
  return commands.map((command) => command.name());
}

it('has every command for the help, and for words that are none', async () => {
  const all = await commandsFor('--help');
  expect(all).toHaveLength(17);
  for (const args of [[], ['help', 'run'], ['velify'], ['constructor']]) {
    expect(await commandsFor(...args)).toEqual(all);
  }
});

it('has a command that is named alone', async () => {
  for (const name of await commandsFor()) expect(await commandsFor(name, '--help')).toEqual([name]);
});

it('needs no package but commander to say its version', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
    version: string;
    dependencies: Record<string, string>;
  };
  const others = Object.keys(manifest.dependencies).filter((name) => name !== 'commander');
  const main = join(import.meta.dirname, 'main.ts');
  const run = (flag: string) =>
    spawnSync(
      process.execPath,
      ['--import', hide(others, folder), '--conditions=@minefield/source', main, flag],
      {encoding: 'utf8'},
    );
  expect(run('--version')).toMatchObject({status: 0, stdout: `${manifest.version}\n`, stderr: ''});
  // They are hidden indeed.
  expect(run('--help').status).not.toBe(0);
});
