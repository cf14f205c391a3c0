/** `pnpm fuzz:parts`: see `.ci/fuzz/fuzz.ts`. */
import {fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {partsTarget} from './fuzz-parts.ts';

await fuzzCommand('parts', partsTarget);
