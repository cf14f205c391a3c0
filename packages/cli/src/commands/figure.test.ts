import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {figureCatalogue} from '@minefield/figures';
import {openStore} from '@minefield/results/node';
import {syntheticSweep} from '@minefield/results/testing';
import {createCanvas, loadImage} from '@napi-rs/canvas';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {hide} from '../../test/hidden-packages.ts';
import {json, minefield} from '../../test/in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-figure-'));
const results = join(folder, 'results');
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  const sweep = {
    seeds: [1, 2],
    poisonFactors: [0, 0.01, 0.8],
    analyses: ['margin', 'basin', 'spectrum'] as const,
  };
  for (const record of syntheticSweep(sweep)) await openStore(results).writeRecord(record);
});
afterAll(() => rmSync(folder, {recursive: true}));

const figure = (...flags: readonly string[]): ReturnType<typeof minefield> =>
  minefield('figure', '--results', results, ...flags);

/** Colours of a picture: of its corner, and how many others there are. */
async function colours(file: string): Promise<{corner: number[]; others: number; size: number[]}> {
  const image = await loadImage(readFileSync(file));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const {data} = context.getImageData(0, 0, image.width, image.height);
  const pixels = new Uint32Array(data.buffer);
  return {
    corner: Array.from(data.slice(0, 4)),
    others: new Set(pixels).size - 1,
    size: [image.width, image.height],
  };
}

describe('minefield figure', () => {
  it('lists what there is', async () => {
    const {out} = await minefield('figure', '--list');
    expect(out.split('\n').filter((line) => line !== '')).toHaveLength(Object.keys(figureCatalogue).length);
    expect(out).toMatch(/^volume {14}log volume against the gap/m);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(80);
    const {figures} = await json<{figures: {name: string}[]}>('figure --list');
    expect(figures.map(({name}) => name)).toEqual(Object.keys(figureCatalogue));
  });

  it('draws an SVG that names itself, on the page that it is for', async () => {
    expect((await figure('margin', '--out', at('margin.svg'))).notes).toBe(
      `margin of toy in ${at('margin.svg')}\n`,
    );
    const svg = readFileSync(at('margin.svg'), 'utf8');
    expect(svg).toMatch(/^<svg role="img" aria-label="Mean margin against poison factor β for 6 networks/);
    expect(svg).toContain('fill="#ffffff"');
    const dark = await figure(
      'margin',
      '--format',
      'svg',
      '--out',
      '-',
      '--theme',
      'dark',
      '--transparent',
      '--no-title',
    );
    expect(dark.out).toContain('fill="#e6e8eb"');
    expect(dark.out).not.toMatch(/fill="#15181c"|#ffffff/);
    expect(dark.out).not.toContain('font-weight="600"');
  });

  it('draws a PNG of its width, in light and dark, with text', async () => {
    await figure('radii', '--out', at('light.png'), '--width', '400', '--scale', '1.5');
    await figure('radii', '--out', at('dark.png'), '--width', '400', '--scale', '1.5', '--theme', 'dark');
    await figure('radii', '--out', at('bare.png'), '--width', '400', '--transparent');
    const [light, dark, bare] = await Promise.all(
      ['light.png', 'dark.png', 'bare.png'].map((name) => colours(at(name))),
    );
    expect(light?.corner).toEqual([255, 255, 255, 255]);
    expect(dark?.corner).toEqual([0x15, 0x18, 0x1c, 255]);
    expect(bare?.corner).toEqual([0, 0, 0, 0]);
    expect(light?.others).toBeGreaterThan(100);
    expect(light?.size).toEqual(dark?.size);
    expect(light?.size[0]).toBeGreaterThan(1.5 * 360);
    expect(light?.size[0]).toBeLessThan(1.5 * 410);
  });

  it('draws a PDF of letters and lines, with its heading and description', async () => {
    await figure('spectrum', '--out', at('spectrum.pdf'));
    const pdf = readFileSync(at('spectrum.pdf'), 'latin1');
    expect(pdf).toMatch(/^%PDF-1\.\d/);
    expect(pdf).toContain('/Title (The spectrum of the Hessian)');
    expect(pdf).toContain('+DejaVuSans');
    expect(pdf).not.toContain('/Subtype /Image');
  });

  it('writes Vega-Lite with its look', async () => {
    await figure('volume', '--out', at('volume.vl.json'), '--title', 'Mine', '--theme', 'dark');
    const spec = JSON.parse(readFileSync(at('volume.vl.json'), 'utf8')) as Record<string, unknown>;
    expect(spec).toMatchObject({
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      title: {text: 'Mine'},
      config: {background: '#15181c', title: {color: '#e6e8eb'}},
    });
    await figure('radii', '--out', at('narrow.vl.json'), '--width', '320');
    // As wide as was asked: the columns of its legend beside the look of one.
    const {config} = JSON.parse(readFileSync(at('narrow.vl.json'), 'utf8')) as {config: {legend: object}};
    expect(config.legend).toMatchObject({columns: expect.any(Number) as number});
    expect(Object.keys(config.legend).length).toBeGreaterThan(1);
  });

  it('gives the same bytes each time', async () => {
    for (const name of ['a.png', 'b.png', 'a.pdf', 'b.pdf', 'a.html', 'b.html'])
      await figure('radii', '--out', at(name));
    for (const kind of ['png', 'pdf', 'html'])
      expect(readFileSync(at(`a.${kind}`)).equals(readFileSync(at(`b.${kind}`)))).toBe(true);
  });

  it('writes a page of all that was measured, and says what is on it', async () => {
    const document = await json<{drawn: string[]}>(`figure --results ${results} --out ${at('all.html')}`);
    expect(document).toEqual({
      out: at('all.html'),
      format: 'html',
      experiment: 'toy',
      drawn: [
        'curves',
        'gap',
        'margin',
        'spectrum',
        'profiles',
        'radii',
        'volume',
        'volume-stable',
        'volume-convergence',
      ],
    });
    const page = readFileSync(at('all.html'), 'utf8');
    expect(page.match(/data-figure="/g)).toHaveLength(document.drawn.length);
    const written = page.slice(0, page.indexOf('<script>'));
    expect(written).not.toMatch(/<(script|link|img)[^>]*(src|href)=/);
  });

  it('lets no text of a record become part of a page', async () => {
    const evil = '</script><script>alert(1)</script><img src=x onerror=alert(2)>';
    const store = openStore(at('evil'));
    for (const record of syntheticSweep({analyses: [], title: evil})) await store.writeRecord(record);
    const {code} = await minefield(
      'figure',
      'gap',
      '--results',
      at('evil'),
      '--out',
      at('evil.html'),
      '--title',
      evil,
    );
    expect(code).toBe(0);
    const page = readFileSync(at('evil.html'), 'utf8');
    expect(page.includes('<img src=x') || page.includes('<script>alert')).toBe(false);
    expect(page.includes('<title>&lt;/script&gt;')).toBe(true);
  });

  it.each([
    [
      ['volum', '--out', 'a.svg'],
      /unknown figure "volum" \(did you mean "volume"\?\); "minefield figure --list" names all/,
    ],
    [['volume'], /name a file with --out, such as --out figure\.svg/],
    [
      ['volume', '--out', 'a.gif'],
      /a\.gif ends in none of \.svg, \.png, \.pdf, \.vl\.json, \.html; say with --format/,
    ],
    [['volume', '--out', '-'], /say with --format what to write: svg, png/],
    [
      ['volume', '--out', 'a.svg', '--format', 'gif'],
      /argument 'gif' is invalid\. Allowed choices are svg, png/,
    ],
    [
      ['volume', 'gap', '--out', 'a.svg'],
      /a svg holds one figure, and 2 are named; name one, or write a page/,
    ],
    [['--out', 'a.png'], /a png holds one figure, and none is named/],
    [['llc', '--out', 'a.svg'], /nothing to draw for "llc": expected at least one .*, got 0/],
    [
      ['volume', '--out', 'a.png', '--theme', 'current'],
      /a png stands in no page; take --theme light or dark/,
    ],
    [['volume', '--out', 'a.svg', '--width', '20'], /Expected a whole number from 120 to 4000/],
    [['volume', '--out', 'a.svg', '--experiment', 'moons'], /no results of "moons" in .*; make them with/],
    [['volume', '--out', '-', '--format', 'svg', '--json'], /would both go to standard output/],
    [['volume', '--out', '-', '--format', 'svg', '--open'], /--open shows a file; name one with --out/],
  ])('refuses %j', async (flags, says) => {
    const before = readdirSync(folder);
    const {code, out, notes} = await figure(...flags);
    expect(notes).toMatch(says);
    expect({code, out}).toEqual({code: 2, out: ''});
    expect(readdirSync(folder)).toEqual(before);
  });

  const alone = (hidden: readonly string[], ...args: readonly string[]) => {
    const flags = ['--import', hide(hidden, folder), '--conditions=@minefield/source'];
    const main = join(import.meta.dirname, '../main.ts');
    return spawnSync(process.execPath, [...flags, main, ...args], {cwd: folder, encoding: 'utf8'});
  };

  it('loads what draws and what writes Parquet for no other command', () => {
    const heavy = [
      '@minefield/figures',
      'vega',
      'vega-lite',
      'vega-embed',
      '@napi-rs/canvas',
      'hyparquet-writer',
    ];
    const {status, stderr} = alone(heavy, 'status', '--out', results);
    expect({status, stderr}).toEqual({status: 0, stderr: ''});
    expect(alone(heavy, 'figure', '--list').status).toBe(2);
  });

  it('says what to install where nothing draws PNG', () => {
    const {status, stderr} = alone(
      ['@napi-rs/canvas'],
      ...`figure gap --results ${results} --out ${at('no.png')}`.split(' '),
    );
    expect(stderr).toMatch(
      /^error: png and pdf are drawn by @napi-rs\/canvas, which is not installed; .*npm install @napi-rs\/canvas/,
    );
    expect(status).toBe(2);
  });
});
