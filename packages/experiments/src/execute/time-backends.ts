import {type BackendName, describeBackends, startBackend} from '@minefield/backend/node';
import {type Model, type NormalizedModel, isNormalized} from '@minefield/models';
import type {ExperimentSpec} from '@minefield/spec';
import {type NetworkTask, type TrainingRecipe, type TrainingSnapshot, train} from '@minefield/training';
import {networkTask} from '../analyses/train-runs.ts';
import {expandSpec} from '../jobs/expand.ts';
import type {DataSources} from '../materials/data-source.ts';
import {dataOf} from '../materials/data-sources.ts';
import {networkOf} from '../materials/network.ts';

export interface BackendTime {
  readonly name: BackendName;
  /** Of a training step of one network. */
  readonly seconds: number;
}

/** Seconds that a backend warms up for, and that it is watched for after that; whole steps, where they take longer. */
const [WARM, WATCHED] = [0.5, 1];

/** What `fastestBackends` tells. */
export async function timeBackends(
  spec: ExperimentSpec,
  sources: DataSources,
  networks: number,
): Promise<BackendTime[]> {
  const model = networkOf(spec.model, spec.dataset);
  const runs = expandSpec(spec, {numerics: 'auto', sources}).filter((job) => job.kind === 'run');
  const jobs = runs.slice(0, isNormalized(model) ? 1 : networks);
  const times: BackendTime[] = [];
  for (const {name, available} of await describeBackends()) {
    if (!available || name === 'cpu') continue;
    await startBackend({name});
    const tasks = jobs.map((job) => networkTask(job, model, dataOf(sources, job, spec.dataset)));
    times.push({name, seconds: (await secondsPerStep(model, tasks, spec.recipe)) / jobs.length});
  }
  return times.toSorted((a, b) => a.seconds - b.seconds);
}

/** Trains without an end, and stops. Snapshots read the parameters, so that a GPU has done the work by then. */
async function secondsPerStep(
  model: Model | NormalizedModel,
  tasks: readonly NetworkTask[],
  recipe: TrainingRecipe,
): Promise<number> {
  const controller = new AbortController();
  const begun = performance.now();
  let first: {readonly step: number; readonly time: number} | undefined;
  let seconds = Infinity;
  const onSnapshot = ({step}: TrainingSnapshot): void => {
    const time = performance.now();
    if (first === undefined) {
      if (time - begun >= 1000 * WARM) first = {step, time};
    } else if (step > first.step) {
      seconds = (time - first.time) / 1000 / (step - first.step);
      if (time - first.time >= 1000 * WATCHED) controller.abort();
    }
  };
  const endless = {...recipe, steps: Number.MAX_SAFE_INTEGER, evaluateEvery: Number.MAX_SAFE_INTEGER};
  try {
    await train(model, tasks, endless, {snapshotSeconds: 0, onSnapshot, signal: controller.signal});
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  }
  return seconds;
}
