import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {codeBlocks, lines} from '../.ci/follow-page.ts';
import {runNode} from '../.ci/run-node.ts';

/** Where a README's example runs: its own package, whose imports are those a user of the package has. */
const folders = readdirSync(import.meta.dirname, {withFileTypes: true})
  .filter((entry) => existsSync(join(import.meta.dirname, entry.name, 'package.json')))
  .map((entry) => entry.name);

/** Examples that ask for what lies on a network: a Redis, where none listens. */
const ASKS = ['queue'];

describe.each(folders)('the README of %s', (name) => {
  it('has a first example that runs without a network and prints what it says', {timeout: 120_000}, () => {
    const folder = join(import.meta.dirname, name);
    const {code, printed} = firstExample(readFileSync(join(folder, 'README.md'), 'utf8'));
    const {attempts, status, stdout, stderr} = runNode({cwd: folder, code, network: ASKS.includes(name)});
    expect(attempts).toBe('');
    expect(status, stderr).toBe(0);
    if (printed !== undefined) expect(lines(stdout)).toEqual(lines(printed));
  });
});

/** The first ```ts block, and the ```text block that follows it before any other block. */
function firstExample(readme: string): {code: string; printed: string | undefined} {
  const blocks = codeBlocks(readme);
  const index = blocks.findIndex(({language}) => language === 'ts');
  const code = blocks[index]?.text;
  if (code === undefined) throw new Error('expected a ```ts block with a runnable example, got none');
  const next = blocks[index + 1];
  return {code, printed: next?.language === 'text' ? next.text : undefined};
}
