/** `pnpm fuzz:svhn [files] [seed]`: reads so many mutated files, 100,000 otherwise, and fails where the reader is at fault. */
import {FUZZ_LIMIT, FUZZ_MEMORY, fuzzSvhn} from './fuzz-svhn.ts';

const [files = 100_000, seed = 1] = process.argv.slice(2).map(Number);
const start = performance.now();
const {read, refused, faults, slowestMilliseconds, memory} = await fuzzSvhn(files, seed);
const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

for (const fault of faults.slice(0, 20)) console.log(fault);
console.log(
  `${files} files of seed ${seed} in ${Math.round((performance.now() - start) / 1000)} s: ${read} read, ${refused} refused, ` +
    `${faults.length} faults; the slowest took ${Math.round(slowestMilliseconds)} ms of processor time and the largest ${mebibytes(memory)} MiB, ` +
    `of ${mebibytes(FUZZ_MEMORY)} allowed at a limit of ${mebibytes(FUZZ_LIMIT)}`,
);
process.exitCode = faults.length > 0 ? 1 : 0;
