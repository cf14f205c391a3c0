/**
 * A perceptron that PyTorch trained and saved as safetensors; how large the basin around it is, and how sharp. The script that
 * made the files is `packages/models/test/fixtures/make-pytorch.py`.
 *
 *     pnpm --dir examples exec node --conditions=@minefield/source analyze-pytorch-model.ts
 */
import {readFile} from 'node:fs/promises';
import {startBackend} from '@minefield/backend/node';
import {createGenerator, importParameters} from '@minefield/core';
import {decodeSafetensors} from '@minefield/safetensors';
import {
  basinRadii,
  estimateVolume,
  hessianOperator,
  largestEigenvalue,
  relativeCoordinates,
  sphericalRays,
} from '@minefield/landscape';
import {mlp, mlpRules, objectiveFromModel} from '@minefield/models';

await startBackend({name: 'wasm', deterministic: true});

const open = async (file: string) => {
  const folder = new URL('../packages/models/test/fixtures/', import.meta.url);
  return decodeSafetensors(await readFile(new URL(file, folder))).tensors;
};

// In PyTorch: nn.Sequential(Linear(2, 16), ReLU(), Linear(16, 16), ReLU(), Linear(16, 1)).
const model = mlp({inputs: 2, hidden: [16, 16], outputs: 1});
const checkpoint = await open('mlp.safetensors');
const {theta} = importParameters(checkpoint, model.layout, mlpRules(checkpoint, model));

const data = await open('mlp-reference.safetensors');
const numbers = (name: string) =>
  Float32Array.from(data.find((tensor) => tensor.name === name)?.data ?? [], Number);
const objective = objectiveFromModel(model, {inputs: numbers('inputs'), labels: numbers('labels')});
const [loss = 0] = await objective.loss(theta);
console.log(`loss ${loss.toFixed(6)}; PyTorch says ${numbers('loss')[0]?.toFixed(6)}`);

const coordinates = relativeCoordinates(theta, model.layout);
const generator = createGenerator(1);
const basin = await basinRadii(
  objective,
  theta,
  sphericalRays(coordinates, {generator: generator.derive('rays')}),
  {
    cutoffs: [{kind: 'loss', value: 0.5}],
    directions: 200,
    maximum: 100,
  },
);
const {relative} = estimateVolume(basin);
console.log(
  `log volume ${relative.logVolume?.toFixed(1)} in ${basin.dimension} dimensions: ${relative.verdict}`,
);

const operator = await hessianOperator(objective, theta, {
  generator: generator.derive('check'),
  coordinates,
  // Gradients of ReLU networks jump; single examples meet few jumps.
  checkOn: Array.from({length: 11}, (_, i) => Uint32Array.of(7 * i)),
});
const {value} = await largestEigenvalue(operator, {generator: generator.derive('start')});
console.log(`sharpness ${value.toPrecision(3)}, by ${operator.method} products`);
