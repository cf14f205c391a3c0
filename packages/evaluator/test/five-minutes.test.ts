/** The commands of docs/pytorch.md, one after another, as its reader types them. */
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, it} from 'vitest';
import {followPage} from '../../../.ci/follow-page.ts';
import {pythonsWith} from '../../../.ci/python.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-five-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const [python] = pythonsWith('torch');

it.skipIf(python === undefined || process.platform === 'win32')(
  'the page on PyTorch works as it is printed',
  async () => {
    const page = readFileSync(join(import.meta.dirname, '../docs/pytorch.md'), 'utf8');
    const outputs = await followPage(page, folder, {python});
    expect(outputs).toHaveLength(3);
    // Numbers depend on the version of PyTorch; which there are does not.
    for (const {said, printed} of outputs)
      expect(labelsOf(printed)).toEqual(expect.arrayContaining(labelsOf(said)));
  },
);

/** What each line begins with, up to its first number. */
function labelsOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (/^[^\d−]*/.exec(line)?.[0] ?? '').trim());
}
