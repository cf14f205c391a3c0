/** `pnpm fuzz:onnx`: see `.ci/fuzz/fuzz.ts`. */
import {fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {onnxTarget} from './fuzz-onnx.ts';

await fuzzCommand('onnx', onnxTarget);
