/** A tiny trained network, and a second path in float64 to every number that the steps give of it. */
import {decodeCheckpoint, type LabeledExamples, objectiveFromModel} from '@minefield/models';
import type {AnalysisOf, FinalMetrics, RunRecord} from '@minefield/results';
import {sourceOf} from '../src/materials/data-sources.ts';
import {folderStorage} from '../src/resume/part-folder.ts';
import {type Workshop, executeTask} from '../src/execute/execute-task.ts';
import {expandSpec} from '../src/jobs/expand.ts';
import {evaluatedNetwork, networkOf} from '../src/materials/network.ts';
import {startNumerics} from '../src/execute/numerics.ts';
import type {AnalysisName, ExperimentSpec} from '@minefield/spec';
import {tinySpec} from '../src/testing/tiny-spec.ts';
import {portable} from '../src/testing/portable.ts';

export const seed = 1;

/** One poisoned network with every analysis, and a clean one for a path to lead to. */
export const spec: ExperimentSpec = {
  ...tinySpec,
  recipe: {...tinySpec.recipe, steps: 300, evaluateEvery: 100},
  poisonFactors: [0, 0.8],
  seeds: [seed],
  analyses: {
    ...tinySpec.analyses,
    surface: {maximum: 1, size: 5, fitted: {cutoff: 1, times: 2}},
    line: {maximum: 1, points: 5},
    spectrum: {steps: 30, samples: 16},
    connectivity: {to: 0, points: 5, steps: 200, learningRate: 0.01},
    ...(tinySpec.analyses.guess && {guess: {...tinySpec.analyses.guess, functionExamples: 3}}),
  },
};

export const model = evaluatedNetwork(networkOf(spec.model, spec.dataset), null);
export const data = sourceOf(portable.sources, spec.dataset).draw(spec.dataset, seed);
const objective = objectiveFromModel(model, data.train);
const jobs = expandSpec(spec, portable).filter((job) => job.poisonFactor === 0.8 || job.kind === 'run');

export interface TrainedNetwork {
  readonly workshop: Workshop;
  readonly checkpoint: Uint8Array;
  readonly theta: Float32Array;
  readonly final: FinalMetrics;
  /** The clean network of the same seed. */
  readonly other: {readonly theta: Float32Array; readonly record: RunRecord};
  /** @param of a checkpoint in place of its own */
  measure<N extends AnalysisName>(name: N, of?: Uint8Array): Promise<AnalysisOf<N>['data']>;
  logit(x: number, y: number, parameters?: ArrayLike<number>): number;
  trainLoss(parameters: ArrayLike<number>): number;
  accuracy(set: LabeledExamples, parameters?: ArrayLike<number>): number;
  /** θ + Σ step · ray. */
  along(...steps: readonly (readonly [number, ArrayLike<number>])[]): Float64Array;
  /** Columns of the Hessian. */
  hessian(): Promise<Float32Array[]>;
}

export function points({inputs, labels}: LabeledExamples): {x: number; y: number; label: number}[] {
  return Array.from(labels, (label, i) => ({x: inputs[2 * i] ?? 0, y: inputs[2 * i + 1] ?? 0, label}));
}

export async function trainNetwork(): Promise<TrainedNetwork> {
  const workshop: Workshop = {
    numerics: await startNumerics('portable'),
    sources: portable.sources,
    openStorage: folderStorage,
  };
  const [clean, poisoned] = await executeTask(
    {kind: 'train', jobs: jobs.filter((job) => job.kind === 'run')},
    workshop,
  );
  if (poisoned?.kind !== 'run' || poisoned.checkpoint === null || poisoned.record.data.final === null) {
    throw new Error('no run');
  }
  if (clean?.kind !== 'run' || clean.checkpoint === null) throw new Error('no clean run');
  const {checkpoint} = poisoned;
  const theta = decodeCheckpoint(checkpoint, model.layout);
  const far = clean.checkpoint;
  const otherRecord: RunRecord = {
    ...clean.record,
    data: {...clean.record.data, checkpoint: {file: 'checkpoints/far.safetensors', sha256: 'b'.repeat(64)}},
  };

  function logit(x: number, y: number, parameters: ArrayLike<number> = theta): number {
    let values = [x, y];
    const {slices} = model.layout;
    for (let i = 0; i < slices.length; i += 2) {
      const [kernel, bias] = [slices[i], slices[i + 1]];
      const width = bias?.size ?? 0;
      const affine = Array.from({length: width}, (_, column) =>
        values.reduce(
          (sum, value, row) => sum + value * (parameters[(kernel?.offset ?? 0) + row * width + column] ?? 0),
          parameters[(bias?.offset ?? 0) + column] ?? 0,
        ),
      );
      values = i + 2 < slices.length ? affine.map((value) => Math.max(0, value)) : affine;
    }
    return values[0] ?? Number.NaN;
  }

  return {
    workshop,
    checkpoint,
    theta,
    final: poisoned.record.data.final,
    other: {theta: decodeCheckpoint(far, model.layout), record: otherRecord},
    logit,
    async measure<N extends AnalysisName>(name: N, of = checkpoint) {
      const job = jobs.find((item) => item.kind === 'analysis' && item.analysis === name);
      if (job?.kind !== 'analysis') throw new Error(`no ${name}`);
      const [result] = await executeTask(
        {
          kind: 'analyze',
          job,
          checkpoint: of,
          checkpointHash: 'a'.repeat(64),
          ...(name === 'connectivity' && {
            inputs: [{record: otherRecord, checkpoint: far, sha256: 'b'.repeat(64)}],
          }),
        },
        workshop,
      );
      if (result?.kind !== 'analysis') throw new Error('no record');
      return result.record.data as AnalysisOf<N>['data'];
    },
    trainLoss(parameters) {
      const losses = points(data.train).map(({x, y, label}) =>
        Math.log1p(Math.exp(label === 1 ? -logit(x, y, parameters) : logit(x, y, parameters))),
      );
      return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    },
    accuracy(set, parameters = theta) {
      const right = points(set).filter(({x, y, label}) => logit(x, y, parameters) > 0 === (label === 1));
      return right.length / set.labels.length;
    },
    along: (...steps) =>
      Float64Array.from(theta, (value, i) => steps.reduce((sum, [t, ray]) => sum + t * (ray[i] ?? 0), value)),
    async hessian() {
      const columns: Float32Array[] = [];
      for (let j = 0; j < theta.length; j++) {
        const unit = new Float32Array(theta.length);
        unit[j] = 1;
        columns.push((await objective.hessianVector?.(theta, unit)) ?? unit);
      }
      return columns;
    },
  };
}
