import {InputError, at} from '@minefield/core';
import {parseRecord} from '@minefield/results';
import {canonicalJson, identityOf} from '@minefield/results/node';
import * as z from 'zod';
import {
  type AnalysisInput,
  type AnalysisJob,
  expandSpec,
  type Job,
  othersRead,
  type RunJob,
  saidOtherwise,
  type Task,
  sourceOf,
} from '@minefield/experiments';
import {type ExperimentSpec, parseSpec, describeIssues, issueLines} from '@minefield/spec';
import type {Equipment} from './handshake.ts';
import type {BlobStore} from './blob-store.ts';

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

export async function payloadOf(task: Task, spec: ExperimentSpec, blobs: BlobStore): Promise<Payload> {
  if (task.kind === 'train') {
    return {spec, identities: task.jobs.map(({identity}) => identity), checkpoint: null, inputs: []};
  }
  const hashes = await Promise.all([
    blobs.offer(spec.experiment, task.checkpoint),
    ...(task.inputs ?? []).map((input) => blobs.offer(spec.experiment, input.checkpoint)),
  ]);
  return {
    spec,
    identities: [task.job.identity],
    checkpoint: at(hashes, 0),
    inputs: (task.inputs ?? []).map(({record}, i) => ({record, checkpoint: at(hashes, i + 1)})),
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

/** @throws {InputError} naming what is malformed */
function parsePayload(value: unknown): Payload {
  const result = payloadSchema.safeParse(value);
  if (result.success) return result.data;
  const lines = issueLines(describeIssues(result.error, value));
  throw new InputError(`queue.payloadReader: expected the payload of a task, got ${lines.join('; ')}`);
}

/** Reads payloads, until the signal; an experiment that many of them are of is expanded once. */
export function payloadReader(
  equipment: Equipment & {readonly signal?: AbortSignal | undefined},
): (payload: unknown, blobs: BlobStore) => Promise<Task> {
  let known: {readonly text: string; readonly jobs: Promise<ReadonlyMap<string, Job>>} | undefined;
  const jobsOf = (value: unknown): Promise<ReadonlyMap<string, Job>> => {
    // Checked before anything else is made of it: until then it may be anything, of any depth.
    const spec = parseSpec(value, 'the payload of a task');
    const text = JSON.stringify(spec);
    if (known?.text !== text) known = {text, jobs: expandInTurns(spec, equipment)};
    return known.jobs;
  };
  return async (payload, blobs) => {
    const {spec, identities, checkpoint, inputs} = parsePayload(payload);
    const all = await jobsOf(spec);
    const jobs = identities.map((identity) => {
      const job = all.get(identity);
      if (job !== undefined) return job;
      throw new InputError(
        `queue.payloadReader: expected jobs of the experiment in the payload, got the unknown ${identity}; are the versions the same?`,
      );
    });
    const [first] = jobs;
    if (first?.kind === 'analysis' && jobs.length === 1 && checkpoint !== null) {
      return analyzeTask(first, all, {checkpoint, inputs}, blobs);
    }
    if (checkpoint !== null || inputs.length > 0 || !jobs.every((job): job is RunJob => job.kind === 'run')) {
      throw new InputError(
        'queue.payloadReader: expected some runs or one analysis in a payload, got another mixture',
      );
    }
    const recipes = new Set(jobs.map((job) => canonicalJson(job.spec)));
    if (recipes.size > 1) {
      throw new InputError('queue.payloadReader: expected runs of one recipe in a payload, got several');
    }
    return {kind: 'train', jobs};
  };
}

/** Drawing pictures takes seconds a seed: between two of them the worker says that it is alive, and can be stopped. */
async function expandInTurns(
  spec: ExperimentSpec,
  {signal, ...equipment}: Equipment & {readonly signal?: AbortSignal | undefined},
): Promise<ReadonlyMap<string, Job>> {
  const source = sourceOf(equipment.sources, spec.dataset);
  for (const seed of spec.seeds) {
    source.fingerprint(spec.dataset, seed);
    await new Promise(setImmediate);
    signal?.throwIfAborted();
  }
  return new Map(expandSpec(spec, equipment).map((job) => [job.identity, job]));
}

async function analyzeTask(
  job: AnalysisJob,
  all: ReadonlyMap<string, Job>,
  {checkpoint: checkpointHash, inputs}: {readonly checkpoint: string} & Pick<Payload, 'inputs'>,
  blobs: BlobStore,
): Promise<Task> {
  const {experiment} = job;
  const expected = othersRead(job);
  if (inputs.length !== expected.length) {
    throw new InputError(`queue.payloadReader: expected ${expected.length} inputs, got ${inputs.length}`);
  }
  const read = async ({record, checkpoint}: Payload['inputs'][number], i: number): Promise<AnalysisInput> => {
    const parsed = parseRecord(record, 'an input of the payload');
    if (parsed.kind === 'experiment' || parsed.identity !== expected[i]) {
      throw new InputError(
        `queue.payloadReader: expected input ${expected[i] ?? 'none'}, got ${parsed.kind === 'experiment' ? 'an experiment' : parsed.identity}`,
      );
    }
    const other = all.get(parsed.identity);
    const part = other === undefined ? undefined : saidOtherwise(parsed, other);
    if (part !== undefined) {
      throw new InputError(
        `queue.payloadReader: expected input ${parsed.identity} as its job has it, got another ${part}`,
      );
    }
    return {record: parsed, sha256: checkpoint, checkpoint: await blobs.read(experiment, checkpoint)};
  };
  const [checkpoint, readInputs] = await Promise.all([
    blobs.read(experiment, checkpointHash),
    Promise.all(inputs.map(read)),
  ]);
  return {kind: 'analyze', job, checkpointHash, checkpoint, inputs: readInputs};
}
