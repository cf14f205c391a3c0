/** What in-browser.test.ts runs in a page: losses of the fixtures, which are put in the place of FIXTURES. */
import * as ort from 'onnxruntime-web/wasm';
import {onnxObjective} from '../src/onnx-objective.ts';
import {readOnnx} from '../src/read-onnx.ts';
import type {PageFixture} from './page-fixture.ts';

declare const FIXTURES: readonly PageFixture[];

async function lossesOf({bytes, inputs, labels, thetas}: PageFixture): Promise<number[]> {
  const model = readOnnx(Uint8Array.from(bytes));
  await using objective = await onnxObjective(ort, model, {inputs, labels});
  return [...(await objective.loss(Float32Array.from(thetas)))];
}

async function main(): Promise<void> {
  const outcome: number[][] = [];
  for (const fixture of FIXTURES) outcome.push(await lossesOf(fixture));
  Object.assign(globalThis, {outcome});
}

await main();
