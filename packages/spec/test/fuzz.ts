/** `pnpm fuzz:specs`: see `.ci/fuzz/fuzz.ts`. */
import {fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {specsTarget} from './fuzz-specs.ts';

await fuzzCommand('specs', specsTarget);
