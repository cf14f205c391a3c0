/** `pnpm fuzz:payloads`: see `.ci/fuzz/fuzz.ts`. */
import {fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {payloadsTarget} from './fuzz-payloads.ts';

await fuzzCommand('payloads', payloadsTarget);
