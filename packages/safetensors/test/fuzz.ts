/** `pnpm fuzz:safetensors`: see `.ci/fuzz/fuzz.ts`. */
import {fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {safetensorsTarget} from './fuzz-safetensors.ts';

await fuzzCommand('safetensors', safetensorsTarget);
