/** Loads native TensorFlow and names it as the backend under test; has to be imported before any spec. */
import {setTestEnvs} from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import {findBuild} from '../../src/tensorflow/build-folder.ts';
import {loadBuild} from '../../src/tensorflow/load-build.ts';

const folder = findBuild();
if (folder === null) throw new Error('TensorFlow was not built; minefield backend build tensorflow');
loadBuild(folder);
setTestEnvs([{name: 'tensorflow', backendName: 'tensorflow', flags: {}, isDataSync: true}]);
