import {spawn} from 'node:child_process';
import {mkdirSync, readFileSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {type ExperimentSpec, parseSpec} from '@minefield/spec';
import type {Browser} from 'playwright-core';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {chromiumPath, launchChromium} from '../../../../.ci/chromium.ts';
import {minefield} from '../../test/in-process.ts';
import {ownProcess} from '../../test/own-process.ts';

const place = ownProcess();
afterAll(() => place.remove());

const FILES = ['.gitignore', 'README.md', 'package.json', 'results/.gitkeep', 'spec.json'];

const filesIn = (folder: string): string[] =>
  readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
    .toSorted();

const read = <T>(...path: readonly string[]): T =>
  JSON.parse(readFileSync(place.at(join(...path)), 'utf8')) as T;

/** The quick profile, in seconds. */
function tiny(spec: ExperimentSpec): ExperimentSpec {
  const {boundary, basin, margin} = spec.analyses;
  if (boundary === undefined || basin === undefined || margin === undefined)
    throw new Error('expected the analyses of the toy');
  return {
    ...spec,
    recipe: {...spec.recipe, steps: 200, evaluateEvery: 50},
    dataset: {name: 'two-spirals', train: 40, test: 40, fresh: 100},
    poisonFactors: [0, 0.8],
    seeds: [1],
    analyses: {
      boundary: {...boundary, size: 20},
      basin: {...basin, directions: 8},
      margin: {...margin, angles: 8},
    },
    decides: [],
  };
}

function npm(folder: string, ...args: readonly string[]): Promise<{code: number | null; notes: string}> {
  const child = spawn('npm', args, {cwd: folder, shell: process.platform === 'win32'});
  let notes = '';
  child.stderr.on('data', (chunk) => (notes += String(chunk)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({code, notes}));
  });
}

describe('minefield new', () => {
  it('makes a project of one’s own, and says how to go on', async () => {
    const {code, out} = await place.minefield('new', 'My Spirals');
    expect(code).toBe(0);
    expect(out).toMatch(/^my-spirals is in My Spirals\. Next:\n\n {2}cd "My Spirals"\n {2}npm run run /);
    expect(filesIn(place.at('My Spirals'))).toEqual(FILES);
    const spec = parseSpec(read('My Spirals', 'spec.json'), 'spec.json');
    expect(spec).toMatchObject({experiment: 'my-spirals', profile: 'quick'});
    expect(read('My Spirals', 'package.json')).toMatchObject({name: 'my-spirals'});
  });

  it('takes an empty folder, and a name', async () => {
    mkdirSync(place.at('empty'));
    const {out} = await place.minefield('new', 'empty', '--name', 'other', '--json');
    expect(JSON.parse(out)).toMatchObject({
      experiment: 'other',
      files: expect.arrayContaining(FILES) as string[],
    });
    expect(read<ExperimentSpec>('empty', 'spec.json').experiment).toBe('other');
  });

  it.each([
    [['full'], /full is not empty; name a folder that is not there yet/],
    [['full/file'], /full\/file cannot be used \(it is a file\); name another folder/],
    [['full/file/below'], /full\/file\/below cannot be used \(it is a file\)/],
    [['toy'], /"toy" is an experiment that ships; name yours otherwise, with --name/],
    [['x', '--name', 'svhn'], /"svhn" is an experiment that ships/],
    [['x', '--name', 'My Name'], /Expected lower-case letters, digits and single hyphens/],
    [['***'], /"\*\*\*" makes no name for an experiment; give it one with --name/],
    [[], /missing required argument 'folder'/],
  ])('refuses %j', async (args, says) => {
    mkdirSync(place.at('full'), {recursive: true});
    writeFileSync(place.at('full/file'), 'mine');
    const before = filesIn(place.at('.'));
    const inFolder = args.map((word) => (word.startsWith('full') ? place.at(word) : word));
    const {code, out, notes} = await minefield('new', ...inFolder);
    expect(notes).toMatch(says);
    expect({code, out}).toEqual({code: 2, out: ''});
    expect(filesIn(place.at('.'))).toEqual(before);
  });
});

describe.skipIf(chromiumPath === null)('the page of a new project, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('shows what its scripts measured and drew, without a word on the console', async () => {
    await place.minefield('new', 'page');
    const folder = place.at('page');
    writeFileSync(join(folder, 'spec.json'), JSON.stringify(tiny(read('page', 'spec.json'))));
    for (const name of ['run', 'verify', 'figures']) {
      const more = name === 'run' ? ['--', '--workers', '0'] : [];
      const {code, notes} = await npm(folder, 'run', '--silent', name, ...more);
      // So short a training fails a claim, which is no failure of the command.
      expect([0, ...(name === 'verify' ? [1] : [])], `${name}: ${notes}`).toContain(code);
    }
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', ({message}) => said.push(message));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) said.push(request.url());
    });
    page.setDefaultTimeout(120_000);
    await page.goto(pathToFileURL(join(folder, 'figures.html')).href);
    const figures = page.locator('[data-figure]');
    const names = await figures.evaluateAll((all) =>
      all.map((each) => (each as HTMLElement).dataset['figure']),
    );
    expect(names).toEqual(expect.arrayContaining(['curves', 'gap', 'boundary', 'margin', 'radii', 'volume']));
    for (const name of names) {
      const figure = page.locator(`[data-figure="${name}"]`);
      await figure.scrollIntoViewIfNeeded();
      await page.locator(`[data-figure="${name}"][data-live]`).waitFor();
      expect(await figure.locator('svg.marks path').count(), name).toBeGreaterThan(3);
    }
    expect(said).toEqual([]);
  });
});
