/**
 * `node --conditions=@minefield/source bench/agreement.ts`: what is committed of six networks of the toy (both ends of the poison,
 * three seeds) beside what others' own code makes of the same parameters: the dense Hessian of PyTorch, curvlinops and PyHessian in
 * float64, and devinterp. Prints a table in Markdown, after half an hour. Where these are not installed it says so, and ends well.
 */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {type ParameterRole, sliceView} from '@minefield/core';
import {toySplits} from '@minefield/datasets';
import {relativeCoordinates} from '@minefield/landscape';
import {type RunRecord, recordSet} from '@minefield/results';
import {type NamedTensor, encodeSafetensors} from '@minefield/safetensors';
import {committedResults, minimumOf, toyModel} from './committed-minimum.ts';
import {ofOwn} from './peers/peers.ts';

const SEEDS = [1, 2, 3];

/** What `peers/agreement.py` prints of a network. */
interface Theirs {
  readonly dense: {readonly largest: number; readonly smallest: number; readonly trace: number};
  readonly curvlinops: {
    readonly largest: number;
    readonly smallest: number;
    readonly trace: number;
    readonly error: number;
  };
  readonly PyHessian: {readonly largest: number; readonly trace: number; readonly error: number};
  readonly devinterp: {readonly mean: number; readonly spread: number};
}

const python = ofOwn('torch');
const imports = 'import curvlinops, devinterp, pyhessian, safetensors, scipy, torch';
if (spawnSync(python, ['-c', imports], {stdio: 'ignore'}).status === 0) await compare();
else console.error("Nobody to compare with was found; 'bench/peers/make-pythons.sh torch' installs them.");

async function compare(): Promise<void> {
  const store = committedResults();
  const records = recordSet(await store.readRecords('toy'));
  const runs = [0, 0.8].flatMap((poisonFactor) =>
    SEEDS.flatMap((seed) => records.runs({seed, poisonFactor})),
  );
  const folder = mkdtempSync(join(tmpdir(), 'minefield-agreement-'));
  try {
    const files = await Promise.all(
      runs.map(async (run) => {
        const file = join(folder, `${run.identity}.safetensors`);
        writeFileSync(file, encodeSafetensors(tensorsOf((await minimumOf(store, run)).theta, run)));
        return file;
      }),
    );
    const program = fileURLToPath(new URL('peers/agreement.py', import.meta.url));
    const {status, stdout} = spawnSync(python, ['-B', program, ...files], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new Error(`bench: agreement.py ended with ${status}`);
    const theirs = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Theirs);
    const head = [
      'β, seed',
      'quantity',
      'committed',
      'where weights move by 1e-6',
      'dense, float64',
      'curvlinops',
      'PyHessian',
      'devinterp',
    ];
    console.log(
      [head, head.map(() => '---'), ...runs.flatMap((run, i) => rowsOf(run, theirs[i]))]
        .map((row) => `| ${row.join(' | ')} |`)
        .join('\n'),
    );
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }

  function rowsOf(run: RunRecord, their: Theirs | undefined): string[][] {
    const spectrum = records.analysis('spectrum', run)?.data;
    const llc = records.analysis('llc', run)?.data;
    if (spectrum === undefined || llc === undefined || their === undefined)
      throw new Error(`bench: expected a spectrum and a learning coefficient of seed ${run.seed}`);
    const {largest, smallest, trace, underMoves} = spectrum;
    const {trace: mean, standardError} = trace.hutchPlusPlus;
    const {dense, curvlinops, PyHessian, devinterp} = their;
    const range = (spread: {readonly low: number; readonly high: number} | undefined): string =>
      spread === undefined ? '' : `${digits(spread.low)} to ${digits(spread.high)}`;
    const about = (value: number, error: number | null): string =>
      `${digits(value)} ± ${error === null ? '?' : error.toPrecision(2)}`;
    const name = `${run.poisonFactor}, ${run.seed}`;
    return [
      [
        name,
        'largest eigenvalue',
        digits(largest.value),
        range(underMoves?.largest),
        digits(dense.largest),
        digits(curvlinops.largest),
        digits(PyHessian.largest),
        '',
      ],
      [
        name,
        'smallest eigenvalue',
        digits(smallest.value),
        range(underMoves?.smallest),
        digits(dense.smallest),
        digits(curvlinops.smallest),
        '',
        '',
      ],
      [
        name,
        'trace',
        about(mean, standardError),
        '',
        digits(dense.trace),
        about(curvlinops.trace, curvlinops.error),
        about(PyHessian.trace, PyHessian.error),
        '',
      ],
      [
        name,
        'learning coefficient, spread of chains',
        about(llc.learningCoefficient ?? Number.NaN, llc.chainSpread),
        '',
        '',
        '',
        '',
        about(devinterp.mean, devinterp.spread),
      ],
    ];
  }
}

/** Its layers, the scales of relative coordinates, and the training points of its seed. */
function tensorsOf(theta: Float32Array, {seed}: RunRecord): NamedTensor[] {
  const scale = Float32Array.from(relativeCoordinates(theta, toyModel.layout).scale);
  const {inputs, labels, size} = toySplits(seed).train;
  const of = (role: ParameterRole, name: string, values: Float32Array): NamedTensor[] =>
    toyModel.layout.slices
      .filter((slice) => slice.role === role)
      .map((slice, k) => ({name: `${name}${k}`, shape: slice.shape, data: sliceView(values, slice).slice()}));
  return [
    ...of('kernel', 'weights', theta),
    ...of('kernel', 'scales', scale),
    ...of('bias', 'biases', theta),
    {name: 'inputs', shape: [size, 2], data: inputs},
    {name: 'labels', shape: [size, 1], data: Float32Array.from(labels)},
  ];
}

function digits(value: number): string {
  return value.toPrecision(5);
}
