/** The commands of docs/pytorch.md, one after another, as its reader types them. */
import {spawnSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {afterAll, expect, it} from 'vitest';
import {pythonsWith} from '../../../.ci/python.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-five-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const page = readFileSync(join(import.meta.dirname, '../docs/pytorch.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
  language,
  text,
}));

const [python] = pythonsWith('torch');

it.skipIf(python === undefined || process.platform === 'win32')(
  'the page on PyTorch works as it is printed',
  {timeout: 300_000},
  () => {
    const main = join(import.meta.dirname, '../../cli/src/main.ts');
    mkdirSync(join(folder, 'bin'));
    command('minefield', `exec '${process.execPath}' --conditions=@minefield/source '${main}' "$@"`);
    command('python3', `exec '${python}' "$@"`);
    const env = {
      ...process.env,
      // Small products gain nothing from more threads, and lose much where the machine does other work.
      OMP_NUM_THREADS: '1',
      PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
    };
    let printed = '';
    let ran = 0;
    for (const {language, text} of blocks) {
      if (language === 'python') writeFileSync(join(folder, 'model.py'), text);
      if (language === 'sh') {
        const {status, stdout, stderr} = spawnSync('sh', ['-e', '-c', text], {
          cwd: folder,
          env,
          encoding: 'utf8',
        });
        expect(status, `${text}${stderr}`).toBe(0);
        printed = stdout;
        ran += 1;
      }
      // Numbers depend on the version of PyTorch; which there are does not.
      if (language === 'text') expect(labelsOf(printed)).toEqual(expect.arrayContaining(labelsOf(text)));
    }
    expect(ran).toBe(6);
  },
);

function command(name: string, line: string): void {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${line}\n`);
  chmodSync(file, 0o755);
}

/** What each line begins with, up to its first number. */
function labelsOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (/^[^\d−]*/.exec(line)?.[0] ?? '').trim());
}
