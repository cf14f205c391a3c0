import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createGenerator} from '@minefield/core';
import {
  type Model,
  convNet,
  encodeCheckpoint,
  initialize,
  isNormalized,
  mlp,
  objectiveFromModel,
} from '@minefield/models';
import {encodeSafetensors} from '@minefield/safetensors';
import {afterAll, describe, expect, it} from 'vitest';
import {checkpointSubject} from './checkpoint-subject.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-checkpoints-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

let files = 0;
function write(bytes: Uint8Array): string {
  const file = join(folder, `${files++}.safetensors`);
  writeFileSync(file, bytes);
  return file;
}

/** Nothing is said of the network but what its file says. */
const options = {backend: 'wasm'};

describe.each([
  mlp({inputs: 16, hidden: [5, 4], outputs: 3}),
  mlp({inputs: 16, hidden: [5, 4], outputs: 3, activation: 'gelu'}),
  mlp({inputs: 16, hidden: [5, 4], outputs: 3, activation: 'tanh', bias: false}),
  mlp({inputs: 16, hidden: [], outputs: 3}),
  convNet({inputShape: [4, 4, 1], widths: [2, 3], strides: [1, 2], classes: 3}),
])('a checkpoint of $name, written by whoever trained it', (network) => {
  it('is the subject of a measurement without a word about the network', async () => {
    const generator = createGenerator(1);
    const theta = initialize(network.layout, 'fan-in-uniform', {generator});
    const inputs = new Float32Array(6 * 16);
    generator.fillNormalInto(inputs);
    const labels = Float32Array.of(0, 1, 2, 2, 1, 0);
    const values = isNormalized(network) ? new Float32Array(network.statistics.dimension).fill(0.7) : null;
    const statistics = isNormalized(network) && values ? {layout: network.statistics, values} : undefined;
    const data = write(
      encodeSafetensors([
        {name: 'inputs', shape: [6, ...network.inputShape], data: inputs},
        {name: 'labels', shape: [6], data: labels},
      ]),
    );
    const subject = await checkpointSubject(write(encodeCheckpoint(theta, network, {}, statistics)), {
      ...options,
      data,
    });
    const model: Model = isNormalized(network) ? network.frozen(values ?? new Float32Array()) : network;
    expect(subject.name).toBe(`${network.name} on 6 examples of ${data}`);
    expect(subject.anchor).toEqual(theta);
    expect(subject.objective.layout).toEqual(network.layout);
    const expected = await objectiveFromModel(model, {inputs, labels}).loss(theta);
    expect(await subject.objective.loss(theta)).toEqual(expected);
  });
});

it('a checkpoint of another activation than its file says is refused, of a ConvNet too', async () => {
  const network = convNet({inputShape: [4, 4, 1], widths: [2], classes: 2});
  const values = new Float32Array(network.statistics.dimension).fill(1);
  const theta = new Float32Array(network.layout.dimension).fill(0.1);
  const file = write(encodeCheckpoint(theta, network, {}, {layout: network.statistics, values}));
  await expect(checkpointSubject(file, {...options, activation: 'tanh'})).rejects.toThrow(
    /expected one activation, got "tanh" in --activation and "relu" in the metadata/,
  );
  const bare = write(
    encodeCheckpoint(theta, network.layout, {model: network.name}, {layout: network.statistics, values}),
  );
  await expect(checkpointSubject(bare, {...options, activation: 'tanh'})).rejects.toThrow(
    /expected the activation relu of conv-net 4x4x1 2\/1 2, got "tanh"; leave it out/,
  );
});
