/** `node packages/backend/test/tfjs-suite/count.ts`: how TensorFlow.js's own specs fare on native TensorFlow. */
import {runBundledSpecs} from '../../../../.ci/tfjs-suite/run-bundled-specs.ts';

const {passed, failed} = await runBundledSpecs(new URL('specs.ts', import.meta.url));
const groups = Map.groupBy(Object.keys(failed), (name) => name.split(' tensorflow ', 1)[0]);
for (const [group, names] of groups) {
  console.log(`${String(names.length).padStart(4)}  ${group}: ${failed[names[0] ?? '']?.split('\n', 1)[0]}`);
}
console.log(`${passed} passed, ${Object.keys(failed).length} failed`);
