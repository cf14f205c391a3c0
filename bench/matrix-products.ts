import * as tf from '@tensorflow/tfjs-core';
import {type Setting, compare, rivalsOf} from './compare.ts';
import {type Contestant, timed} from './contest.ts';
import {limitsOf} from './peak.ts';
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
    for (const [transposeA, transposeB] of setting.full ? transpositions : transpositions.slice(0, 1)) {
      await productOf(setting, peak, {batch, rows, depth, columns, transposeA, transposeB});
    }
  }
}

async function productOf(setting: Setting, peak: Contestant, product: Product): Promise<void> {
  const {batch, rows, depth, columns, transposeA, transposeB} = product;
  const name =
    `matMul ${batch > 1 ? `${batch} × ` : ''}${rows} × ${depth} × ${columns}` +
    `${transposeA ? ', left transposed' : ''}${transposeB ? ', right transposed' : ''}`;
  if (!setting.wanted(name)) return;
  const a = tf.randomUniform(transposeA ? [batch, depth, rows] : [batch, rows, depth]);
  const b = tf.randomUniform(transposeB ? [batch, columns, depth] : [batch, depth, columns]);
  const ours = timed(() => {
    tf.matMul(a, b, transposeA, transposeB).dispose();
  });
  const flops = 2 * batch * rows * depth * columns;
  const rivals = [
    ...limitsOf(peak, onStockKernels(ours), flops),
    ...(await rivalsOf(setting.peers, [{workload: 'matmul', settings: {...product}}])),
  ];
  await compare(setting, name, {contestant: ours}, rivals, {unit: 'GFLOP/s', work: flops / 1e9});
  tf.dispose([a, b]);
}
