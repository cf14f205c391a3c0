/**
 * `pnpm bench:browser [--json] [--repeats n]`: what the site's explorers compute while a reader waits, in headless Chromium
 * without a GPU, against the same written by hand as JavaScript loops. Speeds are by the processor time of the thread that
 * computes, which is wall time on a machine with nothing else to do; the wall time of the bad minimum is said beside it.
 */
import {parseArgs} from 'node:util';
import {machine} from '../machine.ts';
import {runInChromium} from '../../.ci/run-in-chromium.ts';
import type {Row} from '../row.ts';
import {type Outcome, PROGRAM} from './outcome.ts';

const {values: options} = parseArgs({
  options: {json: {type: 'boolean', default: false}, repeats: {type: 'string', default: '5'}},
});
const repeats = Number(options.repeats);
if (!Number.isInteger(repeats) || repeats < 1) {
  console.error(`bench:browser: expected --repeats of at least 1, got ${options.repeats}`);
  process.exit(2);
}

const outcome = (await runInChromium({
  entry: PROGRAM,
  define: {REPEATS: String(repeats)},
  timeout: 900_000,
  prepare: async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', {timeDomain: 'threadTicks'});
    await page.exposeFunction('threadSeconds', async () => {
      const {metrics} = await session.send('Performance.getMetrics');
      return metrics.find(({name}) => name === 'ThreadTime')?.value;
    });
    await page.exposeFunction('say', (line: string) => console.error(line));
  },
})) as Outcome | {readonly fault: string};
if ('fault' in outcome) throw new Error(outcome.fault);

const HAND_WRITTEN = 'JavaScript written by hand';
const {boundary, training, minima} = outcome;
const slowest = minima.reduce((a, b) => (a.threadSeconds > b.threadSeconds ? a : b));

/** A row whose target is a number of its own unit, not a ratio. */
function row(name: string, unit: string, ours: number, peer: number | null, met: boolean): BrowserRow {
  const ratio = peer === null ? null : ours / peer;
  return {name, unit, ours, peer, peerName: peer === null ? null : HAND_WRITTEN, ratio, target: null, met};
}

type BrowserRow = Omit<Row, 'peer' | 'peerName' | 'ratio'> & {
  readonly peer: number | null;
  readonly peerName: string | null;
  readonly ratio: number | null;
};

const rows = [
  row(
    'boundary of 100 × 100 points (at least 60)',
    'a second',
    boundary.ours,
    boundary.peer,
    boundary.ours >= 60,
  ),
  row(
    'training of the toy network on 200 + 200 points (at least 2,000)',
    'steps a second',
    training.ours,
    training.peer,
    training.ours >= 2000,
  ),
  row(
    `a bad minimum, slowest of ${minima.length} seeds (at most 30)`,
    's',
    slowest.threadSeconds,
    null,
    minima.every(({bad, threadSeconds}) => bad && threadSeconds <= 30),
  ),
];
for (const {name, unit, ours, peer, met} of rows) {
  const beside = peer === null ? '' : ` against ${peer.toPrecision(3)} by hand`;
  console.error(`${name}: ${ours.toPrecision(3)} ${unit}${beside}${met ? '' : ', missed'}`);
}
for (const {seed, steps, trainAccuracy, testAccuracy, threadSeconds, seconds} of minima) {
  console.error(
    `seed ${seed}: ${steps} steps, train ${trainAccuracy}, test ${testAccuracy}, ${threadSeconds.toFixed(1)} s of the thread, ` +
      `${seconds.toFixed(1)} s by the clock`,
  );
}
if (options.json) {
  const place = machine().replace(', no PyTorch', ', headless Chromium without a GPU');
  console.log(JSON.stringify({machine: place, rows}, undefined, 2));
}
