import {objectiveFromProcess} from '@minefield/evaluator';
import {createGenerator} from '@minefield/core';
import {hessianOperator, largestEigenvalue, basinRadii, sphericalRays, relativeCoordinates} from '@minefield/landscape';
const t=performance.now();
const o = await objectiveFromProcess([process.argv[2]!, ...process.argv.slice(3)]);
console.log(o.name, o.dimension, o.preferredBatch, Object.keys(o).join(), performance.now()-t);
const generator = createGenerator(1);
console.log(await o.loss(o.anchor));
try {
const operator = await hessianOperator(o, o.anchor, {generator, checkOn: [1,2,3,4,5].map(i=>Uint32Array.of(i))});
const t1=performance.now();
const {value} = await largestEigenvalue(operator, {generator});
console.log(operator.method, operator.selfCheck, value, performance.now()-t1);
} catch (e) {console.log(String(e))}
const t2=performance.now();
const {cutoffs, evaluations} = await basinRadii(o, o.anchor, sphericalRays(generator, relativeCoordinates(o.anchor, o.layout!)), {cutoffs: [{kind: 'loss', value: 0.5}], directions: 50, maximum: 1000});
console.log(cutoffs[0]?.radii.slice(0,4), evaluations, performance.now()-t2);
await o.close();
