import * as tf from '@tensorflow/tfjs-core';
import {type Contestant, contest, timed} from './contest.ts';
import {PEAK_FLOPS} from './peak.ts';
import {type Setting, speedRow} from './row.ts';
import {onStockKernels} from './with-kernels.ts';

interface Product {
  readonly batch: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const shapes: readonly (readonly [batch: number, rows: number, depth: number, columns: number])[] = [
  [1, 1024, 1024, 1024],
  [1, 256, 256, 256],
  [64, 256, 64, 64],
  [16, 400, 26, 32],
];

const transpositions = [
  [false, false],
  [false, true],
  [true, false],
] as const;

/** Products of matrices: large, square, batched, and those of a layer of the toy network, forwards and backwards. */
export async function matrixProducts(setting: Setting, peak: Contestant): Promise<void> {
  for (const [batch, rows, depth, columns] of shapes) {
    for (const [transposeA, transposeB] of transpositions) {
      await compare(setting, peak, {batch, rows, depth, columns, transposeA, transposeB});
    }
  }
}

async function compare(
  {repeats, torch, wanted, report}: Setting,
  peak: Contestant,
  product: Product,
): Promise<void> {
  const {batch, rows, depth, columns, transposeA, transposeB} = product;
  const name =
    `matMul ${batch > 1 ? `${batch} × ` : ''}${rows} × ${depth} × ${columns}` +
    `${transposeA ? ', left transposed' : ''}${transposeB ? ', right transposed' : ''}`;
  if (!wanted(name)) return;
  const a = tf.randomUniform(transposeA ? [batch, depth, rows] : [batch, rows, depth]);
  const b = tf.randomUniform(transposeB ? [batch, columns, depth] : [batch, depth, columns]);
  const ours = timed(() => {
    tf.matMul(a, b, transposeA, transposeB).dispose();
  });
  const theirs = await torch?.contestant('matmul', {...product});
  const seconds = await contest(
    {ours, peak, stock: onStockKernels(ours), ...(theirs && {torch: theirs})},
    repeats,
  );
  tf.dispose([a, b]);
  const work = (2 * batch * rows * depth * columns) / 1e9;
  const {ours: own = 0, stock = 0} = seconds;
  const atPeak = ((seconds['peak'] ?? 0) * work * 1e9) / PEAK_FLOPS;
  report(speedRow(name, 'GFLOP/s', work, {ours: own, peer: atPeak}, '128-bit FMA peak', 0.75));
  report(speedRow(name, 'GFLOP/s', work, {ours: own, peer: stock}, 'stock WASM', null));
  if (seconds['torch'] !== undefined) {
    report(speedRow(name, 'GFLOP/s', work, {ours: own, peer: seconds['torch']}, 'PyTorch, 1 thread', null));
  }
}
