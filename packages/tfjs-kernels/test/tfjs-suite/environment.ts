/** Starts jasmine and names the backend under test; has to be imported before any spec. */
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-cpu';
import {setTestEnvs} from '@tensorflow/tfjs-core/dist/jasmine_util.js';

setWasmPaths(`${process.env['WASM_PATH'] ?? ''}/`);
setTestEnvs([
  {name: 'wasm', backendName: 'wasm', flags: {CHECK_COMPUTATION_FOR_ERRORS: false}, isDataSync: true},
]);
