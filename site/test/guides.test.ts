/** Does what the guides say, in the order in which they say it. */
import {cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, describe, expect, it, vi} from 'vitest';
import {chromiumPath} from '../../.ci/chromium.ts';
import {abridged, codeBlocks, followPage, lines} from '../../.ci/follow-page.ts';
import {redisPath, startRedis} from '../../.ci/redis-server.ts';
import {runInChromium} from '../../.ci/run-in-chromium.ts';

vi.setConfig({testTimeout: 240_000});

const guides = join(import.meta.dirname, '../src/guides');
const base = mkdtempSync(join(tmpdir(), 'minefield-guides-'));
afterAll(() => rmSync(base, {recursive: true, force: true}));

const read = (guide: string): string => readFileSync(join(guides, `${guide}.md`), 'utf8');
const folderOf = (guide: string): string => mkdtempSync(join(base, `${guide}-`));

async function expectAsPrinted(
  guide: string,
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  const outputs = await followPage(read(guide), folder, {env});
  expect(outputs.length).toBeGreaterThan(0);
  for (const output of outputs) expect(abridged(output)).toEqual(lines(output.said));
}

describe.skipIf(process.platform === 'win32')('a reader who follows', () => {
  it('“Make a bad minimum” gets a good and a bad one, of the volumes that it says', async () => {
    await expectAsPrinted('bad-minimum', folderOf('bad-minimum'));
  });

  it('“Measure an ONNX or Keras model” gets its numbers of both', async () => {
    const folder = folderOf('onnx-and-keras');
    const network = join(import.meta.dirname, '../../packages/evaluator/test/fixtures/networks/le-net');
    for (const file of ['model.onnx', 'model.json', 'weights.bin'])
      cpSync(join(network, file), join(folder, file));
    cpSync(join(network, 'data.safetensors'), join(folder, 'examples.safetensors'));
    await expectAsPrinted('onnx-and-keras', folder);
  });

  it('“Train a ConvNet on WASM” gets the same losses in Node and in Chromium', async () => {
    const folder = folderOf('conv-net');
    await expectAsPrinted('conv-net', folder);
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
    const folder = folderOf('experiment');
    await expectAsPrinted('experiment', folder);
    expect(readdirSync(join(folder, 'my-results/narrow/run'))).toHaveLength(6);
  });

  it.skipIf(redisPath === null)('“Run on a cluster” gets them from a worker', async () => {
    const folder = folderOf('cluster');
    const spec = codeBlocks(read('experiment')).find(({name}) => name === 'narrow.json');
    writeFileSync(join(folder, 'narrow.json'), spec?.text ?? '');
    const redis = await startRedis();
    try {
      await expectAsPrinted('cluster', folder, {MINEFIELD_QUEUE: redis.url});
      expect(readFileSync(join(folder, 'worker.log'), 'utf8')).toContain('done: basin of seed 2');
    } finally {
      await redis.remove();
    }
  });
});
