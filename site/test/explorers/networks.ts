/** Committed networks as the packages compute them in Node: what explorers are held against. */
import {fileURLToPath} from 'node:url';
import {startBackend} from '@minefield/backend/node';
import {toySplits} from '@minefield/datasets';
import {type Model, classifierFromModel, decodeCheckpoint, mlp} from '@minefield/models';
import type {AnalysisRecord, ResultRecord, RunRecord} from '@minefield/results';
import {openStore} from '@minefield/results/node';

const store = openStore(fileURLToPath(new URL('../../../results', import.meta.url)));

let records: Promise<readonly ResultRecord[]> | undefined;

/** The analysis of a network of the toy. */
export async function analysisOf<Name extends AnalysisRecord['analysis']>(
  name: Name,
  seed: number,
  poisonFactor: number,
): Promise<Extract<AnalysisRecord, {analysis: Name}>> {
  records ??= store.readRecords();
  const found = (await records).find(
    (record) =>
      record.kind === 'analysis' &&
      record.experiment === 'toy' &&
      record.analysis === name &&
      record.seed === seed &&
      record.poisonFactor === poisonFactor,
  );
  if (found === undefined) throw new Error(`no ${name} of seed ${seed} at ${poisonFactor}`);
  return found as Extract<AnalysisRecord, {analysis: Name}>;
}

async function runOf(seed: number, poisonFactor: number): Promise<RunRecord> {
  records ??= store.readRecords();
  const found = (await records).find(
    (record): record is RunRecord =>
      record.kind === 'run' &&
      record.experiment === 'toy' &&
      record.seed === seed &&
      record.poisonFactor === poisonFactor,
  );
  if (found === undefined) throw new Error(`no run of seed ${seed} at ${poisonFactor}`);
  return found;
}

export interface Network {
  readonly model: Model;
  readonly theta: Float32Array;
  /** Training points, `[n, 2]`. */
  readonly inputs: Float32Array;
  readonly labels: Uint8Array;
}

/** A network of the toy with its training points, on the numerics of the records. */
export async function committedNetwork(seed: number, poisonFactor: number): Promise<Network> {
  await startBackend({name: 'wasm', deterministic: true});
  const {spec, data} = await runOf(seed, poisonFactor);
  if (spec.model.name !== 'mlp' || spec.dataset.name !== 'two-spirals' || data.checkpoint === null)
    throw new Error('expected a perceptron on two spirals with a checkpoint');
  const model = mlp({inputs: 2, hidden: spec.model.hidden, outputs: 1});
  const bytes = await store.readCheckpoint('toy', data.checkpoint.sha256);
  const {name: _name, fresh: _fresh, ...options} = spec.dataset;
  const {inputs, labels} = toySplits(seed, options).train;
  return {model, theta: decodeCheckpoint(bytes, model.layout), inputs, labels};
}

/** Log-odds of class 1 at points, `[n, 2]`. */
export function oddsAt({model, theta}: Network, points: Float32Array): Promise<Float32Array> {
  return classifierFromModel(model, theta).logits(points);
}
