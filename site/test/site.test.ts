import {mkdtemp, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {brotliCompressSync} from 'node:zlib';
import type {Browser} from 'playwright-core';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {chromiumPath} from '../../.ci/chromium.ts';
import {violationsOf} from './axe.ts';
import {type Sources, buildSite} from './build-site.ts';
import {figureTests} from './figures.ts';
import {brokenLinks, externalResources, loosePunctuation} from './read-pages.ts';
import {type Server, serve} from '../../.ci/serve.ts';
import {searchTests} from './search.ts';
import {writeSources} from './sources.ts';
import {type Open, excessWidth, launchReader, visitor} from './visit.ts';

const desktop = {viewport: {width: 1280, height: 900}};
const phone = {viewport: {width: 390, height: 844}};
const light = {colorScheme: 'light'} as const;
const dark = {colorScheme: 'dark'} as const;

let folder: string;
let dist: string;
let sources: Sources;
let printed: string;
let runPage: string;
let pages: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minefield-site-'));
  dist = join(folder, 'dist');
  sources = await writeSources(folder);
  printed = await buildSite(sources, dist);
  runPage = `runs/${(await readdir(join(dist, 'runs')))[0]}`;
  pages = [
    'index.html',
    'claims.html',
    'lab.html',
    'runs.html',
    runPage,
    'pictures/my-digits.html',
    'pictures/my-photographs.html',
    'points/a-path.html',
    'method.html',
    'performance.html',
    'guides.html',
    'guides/onnx-and-keras.html',
    'guides/many-machines.html',
    'api.html',
    'api/landscape.html',
    'api/cli.html',
    'search.html',
  ];
});

afterAll(() => rm(folder, {recursive: true}));

describe('the built folder', () => {
  it('has no link that leads nowhere', async () => {
    expect(await brokenLinks(dist)).toEqual([]);
  });

  it('is built without a warning, such as that two pages have one address', () => {
    expect(printed).not.toMatch(/warn/i);
  });

  it('leaves no space between a link and the comma after it', async () => {
    expect(await loosePunctuation(dist)).toEqual([]);
  });

  it('loads nothing from elsewhere', async () => {
    expect(await externalResources(dist)).toEqual([]);
  });
});

describe('results of experiments that nobody ships', () => {
  /** Texts of the headings of one level on a page. */
  const headings = async (path: string, level: number): Promise<string[]> => {
    const html = await readFile(join(dist, path), 'utf8');
    const found = html.matchAll(new RegExp(`<h${level}[^>]*>([^<]*)<`, 'g'));
    return [...found].map(([, text = '']) => text.trim());
  };
  /** Names of the figures that are drawn on a page. */
  const drawings = async (path: string): Promise<string[]> => {
    const html = await readFile(join(dist, path), 'utf8');
    return [...html.matchAll(/data-spec="[./]*figures\/([^"]*)\.json"/g)].map(([, name = '']) => name);
  };

  it('are told by their data: spirals as the story, pictures in it and on pages of their own', async () => {
    const story = await drawings('index.html');
    expect(story).toEqual(expect.arrayContaining(['gap', 'margin', 'volume', 'my-photographs-volume']));
    expect(await headings('index.html', 2)).toContain('Not only spirals');
    expect(await headings('pictures/my-photographs.html', 1)).toEqual(['Photographs of house numbers']);
    expect(await headings('pictures/my-digits.html', 1)).toEqual(['Drawn house numbers']);
    expect(await drawings('pictures/my-digits.html')).toContain('my-digits-gap');
  });

  it('show the map of every minefield, and of one level of poison nothing against poison', async () => {
    expect(await drawings('index.html')).toContain('a-path-map');
    expect(await headings('points/a-path.html', 1)).toEqual(['Around a path']);
    expect(await drawings('points/a-path.html')).toEqual(
      ['curves', 'boundary', 'boundary-test', 'map'].map((figure) => `a-path-${figure}`),
    );
  });

  it('that share runs have a page of each run for each of them, which name one another', async () => {
    const html = await readFile(join(dist, 'runs.html'), 'utf8');
    const listed = [...html.matchAll(/href="\.\/runs\/([^"]*)"/g)].map(([, file = '']) => file);
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed.toSorted()).toEqual((await readdir(join(dist, 'runs'))).toSorted());
    const shared = listed.filter((file) => file.endsWith('-my-toy-again.html'));
    expect(shared).toHaveLength(2);
    for (const file of shared) {
      const first = file.replace('-my-toy-again', '');
      const [own, other] = await Promise.all(
        [file, first].map((name) => readFile(join(dist, 'runs', name), 'utf8')),
      );
      expect(own).toContain(`href="../runs/${first}"`);
      expect(other).toContain(`href="../runs/${file}"`);
      const analyses = (page = ''): number => page.match(/Analysis: /g)?.length ?? 0;
      expect([analyses(own), analyses(other)]).toEqual([1, 18]);
      expect(own).toContain('data-spec="../figures/curves-');
    }
  });

  it('are led to from the list of runs', async () => {
    const html = await readFile(join(dist, 'runs.html'), 'utf8');
    for (const page of ['index', 'points/a-path', 'pictures/my-digits', 'pictures/my-photographs'])
      expect(html).toContain(`<a href="./${page}.html">`);
  });
});

describe('its weight', () => {
  const weighed = async (path: string): Promise<number> =>
    brotliCompressSync(await readFile(join(dist, path))).length;

  it('keeps every page under 70 kB and 6,000 elements', async () => {
    for (const path of pages) {
      expect(await weighed(path), path).toBeLessThan(70_000);
      const html = await readFile(join(dist, path), 'utf8');
      expect(html.match(/<[a-z]/g)?.length, path).toBeLessThan(6000);
    }
  });

  it('keeps the fonts under 110 kB together', async () => {
    const fonts = (await readdir(join(dist, '_astro'))).filter((name) => name.endsWith('.woff2'));
    expect(fonts.length).toBeGreaterThan(0);
    const sizes = await Promise.all(
      fonts.map(async (name) => (await readFile(join(dist, '_astro', name))).length),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(110_000);
  });
});

describe('what hosts and browsers are told', () => {
  it('has a policy in every page that lets nothing be evaluated, and the same in the headers file', async () => {
    const headers = await readFile(join(dist, '_headers'), 'utf8');
    for (const path of [...pages, '404.html']) {
      const html = await readFile(join(dist, path), 'utf8');
      const policy = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html)?.[1] ?? '';
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:/);
      for (const [hash] of policy.matchAll(/'sha256-[^']+'/g)) expect(headers).toContain(hash);
    }
  });

  it('names no address where it is told none', async () => {
    expect(await readdir(dist)).not.toContain('sitemap.xml');
    expect(await readFile(join(dist, 'claims.html'), 'utf8')).not.toContain('rel="canonical"');
  });
});

describe('a site without results, with an address', () => {
  let out: string;
  beforeAll(async () => {
    out = join(folder, 'empty');
    const none = join(folder, 'none');
    await buildSite({results: none, benchmarks: none}, out, {
      MINEFIELD_SITE: 'https://example.org/minefield',
    });
  });

  it('names its address', async () => {
    const html = await readFile(join(out, 'claims.html'), 'utf8');
    expect(html).toContain('<link rel="canonical" href="https://example.org/minefield/claims.html"');
    expect(await readFile(join(out, 'sitemap.xml'), 'utf8')).toContain(
      '<loc>https://example.org/minefield/claims.html</loc>',
    );
    expect(await readFile(join(out, '404.html'), 'utf8')).toContain('href="/minefield/runs.html"');
  });

  it('says that there are none, and leads nowhere else', async () => {
    expect(await readdir(out)).not.toContain('performance.html');
    expect(await readFile(join(out, 'index.html'), 'utf8')).toContain('There are no results yet.');
    expect(await brokenLinks(out, '/minefield/')).toEqual([]);
  });

  it('says so where an explorer would be, but for the one that needs none', async () => {
    const explorers = await readdir(join(out, 'explore'));
    const texts = await Promise.all(explorers.map((page) => readFile(join(out, 'explore', page), 'utf8')));
    const without = explorers.filter((_, i) => texts[i]?.includes('The results of this site have no '));
    expect(explorers.filter((page) => !without.includes(page))).toEqual(['dimension.html']);
  });
});

describe('a record that is not valid', () => {
  it('is refused with its file and every failing path', async () => {
    const results = join(folder, 'invalid');
    const {openStore} = await import('@minefield/results/node');
    const {syntheticRun} = await import('@minefield/results/testing');
    const run = syntheticRun();
    const file = await openStore(results).writeRecord(run);
    await writeFile(file, JSON.stringify({...run, seed: -1, model: {...run.model, weights: 'many'}}));
    const build = buildSite({results, benchmarks: sources.benchmarks}, join(folder, 'refused'));
    await expect(build).rejects.toThrow(file);
    await expect(build).rejects.toThrow(/seed: [^]*model\.weights: /);
  });
});

describe.skipIf(chromiumPath === null)('in Chromium', () => {
  let browser: Browser;
  let server: Server;

  beforeAll(async () => {
    server = await serve(dist, '/some/where/');
    browser = await launchReader();
  });

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  const open: Open = (...visit) => visitor(browser, server)(...visit);

  describe('the search', () => {
    searchTests(open);
  });

  describe('figures', () => {
    figureTests(open, () => runPage);
  });

  // In light and dark, and at both widths.
  const modes = {
    'light on a desktop': {...desktop, ...light},
    'dark on a phone': {...phone, ...dark},
  };

  it.each(Object.entries(modes))(
    'every kind of page opens without a fault, within its width and by the rules of axe, %s',
    async (_, options) => {
      for (const path of pages) {
        const {page, faults, close} = await open(path, options);
        expect(await excessWidth(page), path).toBe(0);
        expect(faults, path).toEqual([]);
        expect(await violationsOf(page), path).toEqual([]);
        await close();
      }
    },
  );

  it.each([desktop, phone])(
    'shows every figure as a picture without scripts, at $viewport.width pixels',
    async (options) => {
      const {page, close} = await open('index.html', {...options, javaScriptEnabled: false});
      const figures = page.locator('.figure:has([data-spec])');
      expect(await figures.count()).toBeGreaterThanOrEqual(5);
      expect(await page.locator('.figure-missing').count()).toBe(0);
      for (const figure of await figures.all()) {
        const box = await figure.locator('.figure-panel svg').filter({visible: true}).first().boundingBox();
        expect(box?.width).toBeGreaterThan(200);
        expect(box?.height).toBeGreaterThan(100);
      }
      expect(await page.getByRole('heading', {level: 2}).count()).toBe(7);
      expect(await page.locator('.predictions img').count()).toBe(12);
      await close();
    },
  );

  it('makes a figure interactive when asked, with a tooltip on its marks', async () => {
    const {page, faults, close} = await open('index.html', {...desktop, ...light});
    const figure = page.locator('#figure-gap');
    await figure.getByRole('button', {name: /^Explore/}).press('Enter');
    await figure.locator('[data-interactive] svg').waitFor();
    const mark = figure.locator('[data-interactive] .mark-symbol path').last();
    await mark.hover({force: true});
    await page.locator('#vg-tooltip-element.visible').waitFor();
    expect(await page.locator('#vg-tooltip-element').textContent()).toMatch(/seed/i);
    expect(await violationsOf(page, '#figure-gap')).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  it('leaves the picture and says so when the interactive figure cannot be had', async () => {
    const {page, close} = await open('index.html', {...desktop, ...light});
    await page.route('**/figures/*.json', (route) => route.abort());
    const figure = page.locator('#figure-gap');
    await figure.getByRole('button', {name: /^Explore/}).click();
    await figure.getByText('the picture stays').waitFor();
    expect(await figure.locator('svg').filter({visible: true}).count()).toBe(1);
    await close();
  });

  it('keeps a chosen theme, and goes back to that of the system', async () => {
    const {page, close} = await open('index.html', {...desktop, ...light});
    const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const toggle = page.getByRole('button', {name: /theme/i});
    const white = await paper();
    await toggle.click();
    await toggle.click();
    const black = await paper();
    expect(black).not.toBe(white);
    await page.reload();
    expect(await paper()).toBe(black);
    await toggle.click();
    expect(await paper()).toBe(white);
    await close();
  });

  it('sorts the runs by a column, both ways', async () => {
    const {page, close} = await open('runs.html', {...desktop, ...light});
    const table = page.locator('table', {has: page.locator('tbody tr:nth-child(6)')});
    const gaps = async (): Promise<number[]> =>
      (await table.locator('tbody tr td:nth-child(5)').allTextContents()).map((text) =>
        Number(text.replace('−', '-')),
      );
    const heading = table.getByRole('button', {name: 'Gap'});
    await heading.click();
    const rising = await gaps();
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    await heading.click();
    expect(await gaps()).toEqual(rising.toReversed());
    await close();
  });

  it('can be read when opened from a disk', {retry: 2}, async () => {
    const page = await browser.newPage(light);
    await page.goto(pathToFileURL(join(dist, 'index.html')).href);
    await page.getByRole('link', {name: 'Runs', exact: true}).click();
    expect(await page.getByRole('heading', {level: 1}).textContent()).toBe('Runs');
    await page.locator('tbody a').first().click();
    expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).toContain('Source Serif');
    await page.close();
  });

  it('loads 200 kB at most before it is touched, 100 kB of it script, and no WebAssembly', async () => {
    const {page, close} = await open('index.html', {...desktop, ...light});
    await page.waitForLoadState('networkidle');
    const loaded = await page.evaluate(() =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(
        ({name}) => new URL(name).pathname.replace('/some/where/', ''),
      ),
    );
    const files = loaded.map((path) => path || 'index.html');
    const packed = async (path: string): Promise<number> => {
      const bytes = await readFile(join(dist, path));
      return /[.](?:woff2|webp|png)$/.test(path) ? bytes.length : brotliCompressSync(bytes).length;
    };
    const sizes = await Promise.all(files.map(async (path) => ({path, size: await packed(path)})));
    const sum = (some: typeof sizes): number => some.reduce((total, {size}) => total + size, 0);
    const scripts = sizes.filter(({path}) => path.endsWith('.js'));
    console.log(`first load: ${sum(sizes)} bytes, ${sum(scripts)} of script`);
    expect(scripts.length).toBeGreaterThan(0);
    expect(sum(scripts)).toBeLessThan(100_000);
    expect(sum(sizes)).toBeLessThan(200_000);
    expect(files.filter((path) => path.endsWith('.wasm'))).toEqual([]);
    await close();
  });

  it('can be read again without a network, once it was loaded', async () => {
    const {page, close} = await open('method.html', {...desktop, ...light});
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.context().setOffline(true);
    await page.reload();
    expect(await page.getByRole('heading', {level: 1}).textContent()).toBe('Method');
    expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).toContain('Source Serif');
    await close();
  });
});
