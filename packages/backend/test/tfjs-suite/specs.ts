/** TensorFlow.js's own specs on native TensorFlow; writes into the file in `RESULTS` how many passed and which failed. */
import {writeFileSync} from 'node:fs';
import '../../../../.ci/tfjs-suite/jasmine.ts';
import './environment.ts';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/tests.js';
import {runSpecs} from '../../../../.ci/tfjs-suite/run-specs.ts';

writeFileSync(process.env['RESULTS'] ?? '/dev/stdout', JSON.stringify(await runSpecs()));
process.exit(0);
