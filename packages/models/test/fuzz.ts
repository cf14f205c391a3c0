/** `pnpm fuzz:layers-model`: see `.ci/fuzz/fuzz.ts`. */
import {fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {layersModelTarget} from './fuzz-layers-model.ts';

await fuzzCommand('layers-model', await layersModelTarget());
