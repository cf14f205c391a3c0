/** `pnpm fuzz:svhn`: see `.ci/fuzz/fuzz.ts`. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {FUZZ_LIMIT, FUZZ_MEMORY, svhnTarget} from './fuzz-svhn.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-fuzz-'));
const target = svhnTarget(folder);
const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

await fuzzCommand('svhn', target);
rmSync(folder, {recursive: true});
console.log(
  `arrays of one file took ${mebibytes(target.memory)} MiB at most, of ${mebibytes(FUZZ_MEMORY)} allowed ` +
    `at a limit of ${mebibytes(FUZZ_LIMIT)}`,
);
