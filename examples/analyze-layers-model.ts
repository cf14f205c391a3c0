/**
 * A model of TensorFlow.js Layers, trained as usual; then how large the basin around its weights is, and how sharp.
 *
 *     pnpm --dir examples exec node --conditions=@minefield/source analyze-layers-model.ts
 */
import {startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import {concentricCircles} from '@minefield/datasets';
import {
  basinRadii,
  estimateVolume,
  hessianOperator,
  largestEigenvalue,
  relativeCoordinates,
  sphericalRays,
} from '@minefield/landscape';
import {layersModelLayout, objectiveFromLayersModel, readTrainableWeights} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

await startBackend({name: 'wasm', deterministic: true});

const {inputs, labels} = concentricCircles([
  {count: 20, radius: 0.4, label: 0},
  {count: 20, radius: 0.9, label: 1},
]);
const xs = tf.tensor2d(inputs, [labels.length, 2]);
const ys = tf.tensor2d(Float32Array.from(labels), [labels.length, 1]);

const kernel = (seed: number) => ({kernelInitializer: layers.initializers.glorotNormal({seed})});
const model = layers.sequential({
  layers: [
    layers.layers.dense({inputShape: [2], units: 12, activation: 'tanh', ...kernel(1)}),
    layers.layers.dense({units: 12, activation: 'tanh', ...kernel(2)}),
    layers.layers.dense({units: 1, activation: 'sigmoid', ...kernel(3)}),
  ],
});
model.compile({optimizer: tf.train.adam(0.02), loss: 'binaryCrossentropy'});
await model.fit(xs, ys, {epochs: 120, batchSize: labels.length, shuffle: false, verbose: 0});

const objective = objectiveFromLayersModel(model, {inputs: xs, labels: ys});
const theta = await readTrainableWeights(model);
const coordinates = relativeCoordinates(theta, layersModelLayout(model));
const generator = createGenerator(1);
const [loss = 0] = await objective.loss(theta);
console.log(`loss ${loss.toFixed(4)} at ${objective.dimension} parameters`);

const basin = await basinRadii(
  objective,
  theta,
  sphericalRays(coordinates, {generator: generator.derive('rays')}),
  {
    cutoffs: [{kind: 'loss', value: 0.5}],
    directions: 50,
    maximum: 100,
  },
);
const {relative} = estimateVolume(basin);
console.log(
  `log volume ${relative.logVolume?.toFixed(1)} in ${basin.dimension} dimensions: ${relative.verdict}`,
);

const operator = await hessianOperator(objective, theta, {generator: generator.derive('check'), coordinates});
const {value} = await largestEigenvalue(operator, {generator: generator.derive('start')});
console.log(`sharpness ${value.toPrecision(3)}, by ${operator.method} products`);
