/** Does what the guides say, in the order in which they say it. */
import {cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, describe, expect, it} from 'vitest';
import {chromiumPath} from '../../.ci/chromium.ts';
import {abridged, codeBlocks, followPage, lines} from '../../.ci/follow-page.ts';
import {redisPath, startRedis} from '../../.ci/redis-server.ts';
import {runInChromium} from '../../.ci/run-in-chromium.ts';
import {buildSite} from './build-site.ts';
import {brokenLinks} from './read-pages.ts';

const guides = join(import.meta.dirname, '../src/guides');
const base = mkdtempSync(join(tmpdir(), 'minefield-guides-'));
afterAll(() => rmSync(base, {recursive: true, force: true}));

const read = (guide: string): string => readFileSync(join(guides, `${guide}.md`), 'utf8');
const repository = join(import.meta.dirname, '../..');
const folderOf = (guide: string): string => mkdtempSync(join(base, `${guide}-`));

/** What the guide's commands print, abridged as it is on the page, and what the page says. */
async function followed(
  guide: string,
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{found: readonly string[][]; said: readonly string[][]}> {
  const outputs = await followPage(read(guide), folder, {env});
  return {found: outputs.map(abridged), said: outputs.map(({said}) => lines(said))};
}

/** Its records are what a later guide begins with. */
const experiment = folderOf('experiment');

describe.skipIf(process.platform === 'win32')('a reader who follows', () => {
  it('“Make a bad minimum” gets a good and a bad one, of the volumes that it says', async () => {
    const {found, said} = await followed('bad-minimum', folderOf('bad-minimum'));
    expect(said).toHaveLength(3);
    expect(found).toEqual(said);
  });

  it('“Measure an ONNX or Keras model” gets its numbers of both', async () => {
    const folder = folderOf('onnx-and-keras');
    const network = join(repository, 'packages/evaluator/test/fixtures/networks/le-net');
    for (const file of ['model.onnx', 'model.json', 'weights.bin'])
      cpSync(join(network, file), join(folder, file));
    cpSync(join(network, 'data.safetensors'), join(folder, 'examples.safetensors'));
    const {found, said} = await followed('onnx-and-keras', folder);
    expect(said).toHaveLength(4);
    expect(found).toEqual(said);
  });

  it('“Train a ConvNet on WASM” gets the same losses in Node and in Chromium', async () => {
    const folder = folderOf('conv-net');
    const {found, said} = await followed('conv-net', folder);
    expect(said).toHaveLength(1);
    expect(found).toEqual(said);
    if (chromiumPath === null) return;
    const entry = join(folder, 'entry.ts');
    writeFileSync(
      entry,
      "import './in-browser.ts';\nObject.assign(globalThis, {outcome: document.body.innerText});\n",
    );
    const losses = lines(codeBlocks(read('conv-net')).find(({language}) => language === 'text')?.text ?? '');
    expect(await runInChromium({entry: pathToFileURL(entry)})).toBe(losses.slice(1).join(' '));
  });

  it('“Run an experiment of your own” gets its records, and none twice', async () => {
    const {found, said} = await followed('experiment', experiment);
    expect(said).toHaveLength(4);
    expect(found).toEqual(said);
    expect(readdirSync(join(experiment, 'my-results/narrow/run'))).toHaveLength(6);
  });

  it('“Make this site of your results” finds the commands that it names', () => {
    const {scripts} = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {scripts: object};
    const named = [...read('companion').matchAll(/pnpm@12 (?:-s )?(\w+)/g)].map(([, name]) => name);
    expect(named).toEqual(['minefield', 'site', 'serve', 'site']);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });

  it.runIf(process.env['MINEFIELD_FULL'])(
    '“Make this site of your results” gets a page of each network',
    async () => {
      const results = join(experiment, 'my-results');
      const dist = join(experiment, 'dist');
      await buildSite({results, benchmarks: join(experiment, 'none')}, dist, {
        MINEFIELD_SITE: 'https://example.org/minefield/',
      });
      expect(readdirSync(join(dist, 'runs'))).toHaveLength(6);
      expect(await brokenLinks(dist, '/minefield/')).toEqual([]);
    },
  );

  it.skipIf(redisPath === null)('“Run on a cluster” gets them from a worker', async () => {
    const folder = folderOf('cluster');
    const spec = codeBlocks(read('experiment')).find(({name}) => name === 'narrow.json');
    writeFileSync(join(folder, 'narrow.json'), spec?.text ?? '');
    const redis = await startRedis();
    try {
      const {found, said} = await followed('cluster', folder, {MINEFIELD_QUEUE: redis.url});
      expect(said).toHaveLength(1);
      expect(found).toEqual(said);
      expect(readFileSync(join(folder, 'worker.log'), 'utf8')).toContain('done: basin of seed 2');
    } finally {
      await redis.remove();
    }
  });
});
