/**
 * `pnpm bench [--json] [--only text] [--repeats n]`: our kernels against stock TensorFlow.js WASM and PyTorch in one run, by
 * turns. Exit code 0 whatever the figures; they are to be read, not enforced.
 */
import {parseArgs} from 'node:util';
import {startBackend} from '@minefield/backend/node';
import {registerKernels} from '@minefield/tfjs-kernels';
import {convNetRadii} from './conv-net-radii.ts';
import {convNets} from './conv-net.ts';
import {convolutions} from './convolutions.ts';
import {lanczos} from './lanczos.ts';
import {machine} from './machine.ts';
import {matrixProducts} from './matrix-products.ts';
import {fmaPeak} from './peak.ts';
import {queue} from './queue.ts';
import {radii} from './radii.ts';
import type {Row, Setting} from './row.ts';
import {startTorch} from './torch-peer.ts';
import {toy} from './toy.ts';
import {workers} from './workers.ts';

const {values: options} = parseArgs({
  options: {
    json: {type: 'boolean', default: false},
    only: {type: 'string', default: ''},
    repeats: {type: 'string', default: '9'},
  },
});
const repeats = Number(options.repeats);
if (!Number.isInteger(repeats) || repeats < 5) {
  console.error(`bench: expected --repeats of at least 5, got ${options.repeats}`);
  process.exit(2);
}

await startBackend({name: 'wasm'});
await registerKernels();
const torch = await startTorch();
const description = machine(torch?.version);
const say = (line: string): void => console.error(line);
say(description);
if (torch === undefined) {
  say("python3 has no torch, so PyTorch is left out; on Debian, 'apt-get install python3-torch' brings it");
}

const rows: Row[] = [];
const setting: Setting = {
  repeats,
  torch,
  wanted: (name) => name.includes(options.only),
  report: (row) => {
    rows.push(row);
    const {name, unit, ours, peer, peerName, ratio, target, met} = row;
    const aim = target === null ? '' : ` (target ${target}${met ? '' : ', missed'})`;
    say(
      `${name}: ${ours.toPrecision(3)} against ${peer.toPrecision(3)} ${unit} of ${peerName}: ${ratio.toFixed(2)}${aim}`,
    );
  },
};
const peak = await fmaPeak();
await matrixProducts(setting, peak);
await convolutions(setting, peak);
await toy(setting);
await radii(setting);
await lanczos(setting);
await convNets(setting);
await convNetRadii(setting);
torch?.close();
await workers(setting);
await queue(setting);
if (options.json) console.log(JSON.stringify({machine: description, rows}, undefined, 2));
