import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createGenerator} from '@minefield/core';
import {encodeSafetensors} from '@minefield/safetensors';

/** A folder for the files of one test file. */
export interface NetworkFiles {
  readonly folder: string;
  /** A checkpoint of this project's mlp:2-4-1 with Gaussian weights, which is a minimum of nothing. @returns its path */
  checkpoint(
    name: string,
    change?: (values: Float32Array, tensor: string) => void,
    metadata?: Record<string, string>,
  ): string;
  /** A data file of so many points, labelled by the sign of their first coordinate. @returns its path */
  dataFile(
    name: string,
    count: number,
    change?: (inputs: Float32Array, labels: Float32Array) => void,
  ): string;
}

const network = ['dense0/kernel', 'dense0/bias', 'dense1/kernel', 'dense1/bias'];
const shapes = [[2, 4], [4], [4, 1], [1]];

export function networkFiles(): NetworkFiles {
  const folder = mkdtempSync(join(tmpdir(), 'minefield-measure-'));
  function checkpoint(
    name: string,
    change: (values: Float32Array, tensor: string) => void = () => {},
    metadata: Record<string, string> = {model: 'mlp 2-4-1', seed: '1', identity: 'a'.repeat(64)},
  ): string {
    const generator = createGenerator(1, 'checkpoint');
    const tensors = network.map((tensor, i) => {
      const shape = shapes[i] ?? [];
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
      generator.fillNormalInto(data);
      change(data, tensor);
      return {name: tensor, shape, data};
    });
    const file = join(folder, `${name}.safetensors`);
    writeFileSync(file, encodeSafetensors(tensors, metadata));
    return file;
  }

  function dataFile(
    name: string,
    count: number,
    change: (inputs: Float32Array, labels: Float32Array) => void = () => {},
  ): string {
    const inputs = new Float32Array(2 * count);
    createGenerator(2, 'data').fillNormalInto(inputs);
    const labels = Float32Array.from({length: count}, (_, i) => ((inputs[2 * i] ?? 0) > 0 ? 1 : 0));
    change(inputs, labels);
    const file = join(folder, `${name}.safetensors`);
    writeFileSync(
      file,
      encodeSafetensors([
        {name: 'inputs', shape: [count, 2], data: inputs},
        {name: 'labels', shape: [count], data: labels},
      ]),
    );
    return file;
  }

  return {folder, checkpoint, dataFile};
}
