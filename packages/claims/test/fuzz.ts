/** `pnpm fuzz:claims`: see `.ci/fuzz/fuzz.ts`. */
import {fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {claimsTarget} from './fuzz-claims.ts';

await fuzzCommand('claims', claimsTarget);
