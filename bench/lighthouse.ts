/**
 * `pnpm bench:lighthouse [--json] [--repeats n]`: Lighthouse's scores of the built site (`pnpm site` first) on a phone and on a
 * desktop, from a server that compresses as hosts do. Lighthouse itself is fetched by npx when this is called, and is no
 * dependency. Performance is what it measures of a machine, so it is the median of some runs, with their spread beside it.
 */
import {execFile} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs, promisify} from 'node:util';
import {median} from '@minefield/core';
import {chromiumPath} from '../.ci/chromium.ts';
import {serve} from '../.ci/serve.ts';
import {machine} from './machine.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

const {values: options} = parseArgs({
  options: {json: {type: 'boolean', default: false}, repeats: {type: 'string', default: '3'}},
});
const repeats = Number(options.repeats);
const dist = fileURLToPath(new URL('../site/dist', import.meta.url));
const [run] = existsSync(join(dist, 'runs')) ? readdirSync(join(dist, 'runs')) : [];
if (!Number.isInteger(repeats) || repeats < 1)
  stop(`expected --repeats of at least 1, got ${options.repeats}`);
if (run === undefined) stop('expected a built site, got none; build it by `pnpm site`');
if (chromiumPath === null) stop('expected a Chromium, got none; see CONTRIBUTING.md');

const pages = ['index.html', 'claims.html', 'lab.html', `runs/${run}`];

interface Report {
  readonly categories: Readonly<
    Record<string, {readonly score: number | null; readonly auditRefs: readonly {readonly id: string}[]}>
  >;
  readonly audits: Readonly<
    Record<string, {readonly score: number | null; readonly scoreDisplayMode: string; readonly title: string}>
  >;
}

async function reportOf(url: string, device: 'phone' | 'desktop', folder: string): Promise<Report> {
  const out = join(folder, 'report.json');
  await promisify(execFile)(
    'npx',
    [
      '-y',
      LIGHTHOUSE,
      url,
      '--quiet',
      '--output=json',
      `--output-path=${out}`,
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking',
      ...(device === 'desktop' ? ['--preset=desktop'] : []),
    ],
    {env: {...process.env, CHROME_PATH: chromiumPath ?? ''}, maxBuffer: 1e8},
  );
  return JSON.parse(readFileSync(out, 'utf8')) as Report;
}

/** 0 to 100. */
function scoreOf({categories}: Report, category: string): number {
  return Math.round(100 * (categories[category]?.score ?? 0));
}

/** What costs points, outside performance. */
function faultsOf({categories, audits}: Report): string[] {
  return CATEGORIES.slice(1).flatMap((category) =>
    (categories[category]?.auditRefs ?? []).flatMap(({id}) => {
      const audit = audits[id];
      return audit !== undefined && audit.score !== null && audit.score < 1
        ? [`${category}: ${audit.title}`]
        : [];
    }),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'minefield-lighthouse-'));
const server = await serve(dist, '/', {compress: true});
const rows = [];
try {
  for (const page of pages) {
    for (const device of ['phone', 'desktop'] as const) {
      const reports: Report[] = [];
      for (let i = 0; i < repeats; i++) reports.push(await reportOf(server.url + page, device, folder));
      const speeds = reports.map((report) => scoreOf(report, 'performance'));
      const worst = (category: string): number =>
        Math.min(...reports.map((report) => scoreOf(report, category)));
      const row = {
        page: page.startsWith('runs/') ? 'a run' : page,
        device,
        performance: median(speeds),
        performances: speeds,
        accessibility: worst('accessibility'),
        bestPractices: worst('best-practices'),
        seo: worst('seo'),
        faults: [...new Set(reports.flatMap(faultsOf))],
      };
      rows.push(row);
      console.error(
        `${row.page.padEnd(12)} ${device.padEnd(8)} performance ${row.performance} (${speeds.join(', ')}), ` +
          `accessibility ${row.accessibility}, best practices ${row.bestPractices}, SEO ${row.seo}` +
          row.faults.map((fault) => `\n  ${fault}`).join(''),
      );
    }
  }
} finally {
  server.close();
  rmSync(folder, {recursive: true});
}
if (options.json) console.log(JSON.stringify({lighthouse: LIGHTHOUSE, machine: machine(), rows}, null, 2));

function stop(message: string): never {
  console.error(`bench:lighthouse: ${message}`);
  process.exit(2);
}
