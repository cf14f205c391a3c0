/** `pnpm fuzz:safetensors [files] [seed]`: reads so many mutated files, 100,000 otherwise, and fails where the reader is at fault. */
import {fuzzSafetensors} from './fuzz-safetensors.ts';

const [files = 100_000, seed = 1] = process.argv.slice(2).map(Number);
const start = performance.now();
const {read, refused, faults, slowest} = fuzzSafetensors(files, seed);

for (const fault of faults.slice(0, 20)) console.log(fault);
console.log(
  `${files} files of seed ${seed} in ${Math.round((performance.now() - start) / 1000)} s: ${read} read, ${refused} refused, ` +
    `${faults.length} faults; the slowest, file ${slowest.file} of ${slowest.bytes} bytes, took ${slowest.milliseconds.toFixed(1)} ms of processor time`,
);
process.exitCode = faults.length > 0 ? 1 : 0;
