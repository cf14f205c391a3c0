import {InputError} from '@minefield/core';
import {parseRecord} from '@minefield/results';
import {canonicalJson, identityOf} from '@minefield/results/node';
import {z} from 'zod';
import {dataFingerprint} from '../data.ts';
import {expandSpec} from '../expand.ts';
import {type AnalysisJob, type Job, type RunJob, othersRead} from '../job.ts';
import {parseSpec} from '../parse-spec.ts';
import type {ExperimentSpec} from '../spec.ts';
import type {AnalysisInput, Task} from '../task.ts';
import type {Medium} from './medium.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A task as it travels: names of jobs and hashes of files, no code and no paths. */
export interface Payload {
  /** Of the whole experiment; what a job does is read off it, never sent. */
  readonly spec: unknown;
  /** Of the jobs of the task. */
  readonly identities: readonly string[];
  /** Of the run that an analysis measures; null for a training. */
  readonly checkpoint: string | null;
  readonly inputs: readonly {readonly record: unknown; readonly checkpoint: string}[];
}

const payloadSchema: z.ZodType<Payload> = z.strictObject({
  spec: z.unknown(),
  identities: z.array(sha256).min(1).max(1024),
  checkpoint: sha256.nullable(),
  inputs: z.array(z.strictObject({record: z.unknown(), checkpoint: sha256})).max(1024),
});

export async function payloadOf(task: Task, spec: ExperimentSpec, medium: Medium): Promise<Payload> {
  if (task.kind === 'train') {
    return {spec, identities: task.jobs.map(({identity}) => identity), checkpoint: null, inputs: []};
  }
  const [checkpoint, ...inputs] = await Promise.all([
    medium.offer(spec.experiment, task.checkpoint),
    ...(task.inputs ?? []).map((input) => medium.offer(spec.experiment, input.checkpoint)),
  ]);
  return {
    spec,
    identities: [task.job.identity],
    checkpoint: checkpoint ?? '',
    inputs: (task.inputs ?? []).map(({record}, i) => ({record, checkpoint: inputs[i] ?? ''})),
  };
}

/** Names a task by its jobs and the files that it reads: the same for whoever asks for it. */
export function taskId(task: Task): string {
  const [kind, parts] =
    task.kind === 'train'
      ? ['train', task.jobs.map(({identity}) => identity)]
      : [
          task.job.analysis,
          [task.job.identity, task.checkpointHash, ...(task.inputs ?? []).map((input) => input.sha256)],
        ];
  return `${kind}-${identityOf(parts)}`;
}

/** Files that a task reads. */
export function filesOf(task: Task): string[] {
  return task.kind === 'train'
    ? []
    : [task.checkpointHash, ...(task.inputs ?? []).map((input) => input.sha256)];
}

/** Reads payloads; an experiment that many of them are of is expanded once. */
export function payloadReader(numerics: string): (payload: unknown, medium: Medium) => Promise<Task> {
  let known: {readonly text: string; readonly jobs: Promise<ReadonlyMap<string, Job>>} | undefined;
  const jobsOf = (value: unknown): Promise<ReadonlyMap<string, Job>> => {
    const text = canonicalJson(value);
    if (known?.text !== text) known = {text, jobs: expandInTurns(value, numerics)};
    return known.jobs;
  };
  return async (payload, medium) => {
    const {spec, identities, checkpoint, inputs} = payloadSchema.parse(payload);
    const all = await jobsOf(spec);
    const jobs = identities.map((identity) => {
      const job = all.get(identity);
      if (job !== undefined) return job;
      throw new InputError(
        `experiments.queue: expected jobs of the experiment in the payload, got the unknown ${identity}; are the versions the same?`,
      );
    });
    const [first] = jobs;
    if (first?.kind === 'analysis' && jobs.length === 1 && checkpoint !== null) {
      return analyzeTask(first, checkpoint, inputs, medium);
    }
    if (checkpoint !== null || inputs.length > 0 || !jobs.every((job): job is RunJob => job.kind === 'run')) {
      throw new InputError(
        'experiments.queue: expected some runs or one analysis in a payload, got another mixture',
      );
    }
    const recipes = new Set(jobs.map((job) => canonicalJson(job.spec)));
    if (recipes.size > 1) {
      throw new InputError('experiments.queue: expected runs of one recipe in a payload, got several');
    }
    return {kind: 'train', jobs};
  };
}

/** Drawing pictures takes seconds a seed: between two of them the worker says that it is alive. */
async function expandInTurns(value: unknown, numerics: string): Promise<ReadonlyMap<string, Job>> {
  const spec = parseSpec(value, 'the payload of a task');
  for (const seed of spec.seeds) {
    dataFingerprint(spec.dataset, seed);
    await new Promise(setImmediate);
  }
  return new Map(expandSpec(spec, numerics).map((job) => [job.identity, job]));
}

async function analyzeTask(
  job: AnalysisJob,
  checkpointHash: string,
  inputs: Payload['inputs'],
  medium: Medium,
): Promise<Task> {
  const {experiment} = job;
  const expected = othersRead(job);
  if (inputs.length !== expected.length) {
    throw new InputError(`experiments.queue: expected ${expected.length} inputs, got ${inputs.length}`);
  }
  const read = async ({record, checkpoint}: Payload['inputs'][number], i: number): Promise<AnalysisInput> => {
    const parsed = parseRecord(record, 'an input of the payload');
    if (parsed.kind === 'experiment' || parsed.identity !== expected[i]) {
      throw new InputError(
        `experiments.queue: expected input ${expected[i] ?? 'none'}, got ${parsed.kind === 'experiment' ? 'an experiment' : parsed.identity}`,
      );
    }
    return {record: parsed, sha256: checkpoint, checkpoint: await medium.read(experiment, checkpoint)};
  };
  const [checkpoint, readInputs] = await Promise.all([
    medium.read(experiment, checkpointHash),
    Promise.all(inputs.map(read)),
  ]);
  return {kind: 'analyze', job, checkpointHash, checkpoint, inputs: readInputs};
}
