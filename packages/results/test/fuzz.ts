/** `pnpm fuzz:records`: see `.ci/fuzz/fuzz.ts`. */
import {fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {recordsTarget} from './fuzz-records.ts';

await fuzzCommand('records', recordsTarget);
