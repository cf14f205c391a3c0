/** TensorFlow.js's own specs on native TensorFlow; writes into the file in `RESULTS` how many passed and which failed. */
import {writeFileSync} from 'node:fs';
import './jasmine.ts';
import './environment-of-tensorflow.ts';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/tests.js';
import {runSpecs} from './run-specs.ts';

const outcome = await runSpecs('stock');
writeFileSync(process.env['RESULTS'] ?? '/dev/stdout', JSON.stringify(outcome));
process.exit(0);
