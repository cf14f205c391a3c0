/** `node packages/tfjs-kernels/test/tfjs-suite/count-on-tensorflow.ts`: how TensorFlow.js's specs fare on native TensorFlow. */
import {runSuite} from './run-suite.ts';

const {passed, failed} = await runSuite('tensorflow');
const groups = Map.groupBy(Object.keys(failed), (name) => name.split(' tensorflow ', 1)[0]);
for (const [group, names] of groups) {
  console.log(`${String(names.length).padStart(4)}  ${group}: ${failed[names[0] ?? '']?.split('\n', 1)[0]}`);
}
console.log(`${passed} passed, ${Object.keys(failed).length} failed`);
