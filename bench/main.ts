/**
 * `pnpm bench [--full] [--json] [--only text] [--repeats n]`: our kernels beside everything that is installed of stock
 * TensorFlow.js WASM, PyTorch (Debian's, and the newest with `torch.compile`), JAX and ONNX Runtime in one run, by turns, one
 * thread each. A few minutes; `--full` takes every shape, workers and queues, and how cost grows with size. Exit code 0 whatever
 * the figures; they are to be read, not enforced.
 */
import {parseArgs} from 'node:util';
import {startBackend} from '@minefield/backend/node';
import {registerKernels} from '@minefield/tfjs-kernels';
import type {Setting} from './compare.ts';
import {convNetRadii} from './conv-net-radii.ts';
import {convNets} from './conv-net.ts';
import {convolutions} from './convolutions.ts';
import {growths} from './growth.ts';
import {lanczos} from './lanczos.ts';
import {machine} from './machine.ts';
import {matrixProducts} from './matrix-products.ts';
import {fmaPeak, gigaflopsOf} from './peak.ts';
import {startPeers} from './peers/peers.ts';
import {queue} from './queue.ts';
import {radii} from './radii.ts';
import {type Row, rowText} from './row.ts';
import {toy} from './toy.ts';
import {widestPeak} from './widest-peak.ts';
import {independentSweeps, workers} from './workers.ts';

const {values: options} = parseArgs({
  options: {
    full: {type: 'boolean', default: false},
    json: {type: 'boolean', default: false},
    only: {type: 'string', default: ''},
    repeats: {type: 'string'},
  },
});
const {full, json, only} = options;
const repeats = Number(options.repeats ?? (full ? 9 : 5));
if (!Number.isInteger(repeats) || repeats < 5) {
  console.error(`bench: expected --repeats of at least 5, got ${options.repeats}`);
  process.exit(2);
}

await startBackend({name: 'wasm'});
await registerKernels();
const peers = await startPeers();
const description = machine(peers.map(({name}) => name));
const say = (line: string): void => console.error(line);
say(description);
if (peers.length === 0) {
  say(
    "No peer in Python was found; 'apt-get install python3-torch' brings one, bench/peers/make-pythons.sh the newest.",
  );
}
const peak = await fmaPeak();
const peaks = {fma128: await gigaflopsOf(peak), widest: widestPeak() ?? null};
say(
  `peaks of one core: ${peaks.fma128.toFixed(0)} GFLOP/s by 128 bits in WebAssembly` +
    (peaks.widest === null
      ? ''
      : `, ${peaks.widest.speed.toFixed(0)} by ${peaks.widest.bits} bits of the processor`),
);

const rows: Row[] = [];
const setting: Setting = {
  repeats,
  full,
  peers,
  wanted: (name) => name.includes(only),
  report: (row) => {
    rows.push(row);
    say(rowText(row));
  },
};
await matrixProducts(setting, peak);
await convolutions(setting, peak);
await toy(setting);
await radii(setting);
await lanczos(setting);
await convNets(setting);
await convNetRadii(setting);
for (const peer of peers) peer.close();
if (full) {
  await workers(setting);
  await independentSweeps(setting);
  await queue(setting);
}
const growth = full ? await growths(setting) : [];
for (const {name, sizes, seconds, slope} of growth) {
  const times = seconds.map((one, i) => `${sizes[i]}: ${(1000 * one).toPrecision(3)} ms`).join(', ');
  say(`${name}: ${times}; slope ${slope.toFixed(2)}`);
}
if (json) console.log(JSON.stringify({machine: description, peaks, rows, growth}, undefined, 2));
