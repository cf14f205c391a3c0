/** `pnpm fuzz:frames`: see `.ci/fuzz/fuzz.ts`. */
import {fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {framesTarget} from './fuzz-frames.ts';

await fuzzCommand('frames', framesTarget);
