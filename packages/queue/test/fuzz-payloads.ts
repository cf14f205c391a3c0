/** What a queue's Redis hands over, mutated: payloads of tasks, outcomes, and what others at the queue say of themselves. */
import {createHash} from 'node:crypto';
import {InputError} from '@minefield/core';
import {type Job, type RunJob, type Task, expandSpec} from '@minefield/experiments';
import {portable, tinySpec} from '@minefield/experiments/testing';
import {InvalidRecordError, type RunRecord} from '@minefield/results';
import {syntheticRun} from '@minefield/results/testing';
import {type ExperimentSpec, InvalidSpecError, parseSpec} from '@minefield/spec';
import type {Redis} from 'ioredis';
import {drawFrom, oneOf} from '../../../.ci/fuzz/draw.ts';
import type {FuzzTarget, Verdict} from '../../../.ci/fuzz/fuzz.ts';
import {mutatedJson} from '../../../.ci/fuzz/mutate-json.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {isSame} from '../../../.ci/fuzz/same.ts';
import {type BlobStore, FileNotThereError} from '../src/blob-store.ts';
import {type Peer, enrol} from '../src/handshake.ts';
import {collectOutcome, leaveOutcome} from '../src/outcome.ts';
import {payloadOf, payloadReader} from '../src/payload.ts';

const spec: ExperimentSpec = {
  ...tinySpec,
  analyses: {
    margin: {angles: 16, maximum: 20},
    connectivity: {to: 0, points: 5, steps: 10, learningRate: 0.01},
  },
};

/** Drawing data is work and not reading: here every seed draws the same in no time. */
const equipment = {
  ...portable,
  sources: {
    ...portable.sources,
    'two-spirals': {
      ...portable.sources['two-spirals'],
      fingerprint: (_: unknown, seed: number) => `data ${seed}`,
    },
  },
};

const file = Uint8Array.of(1, 2, 3);
const fileHash = createHash('sha256').update(file).digest('hex');

const blobs: BlobStore = {
  kind: 'redis',
  read: (_experiment, sha256) =>
    sha256 === fileHash
      ? Promise.resolve(file)
      : Promise.reject(
          new FileNotThereError(`queue.readBlob: expected the file ${sha256} in Redis, got none`),
        ),
  offer: () => Promise.resolve(fileHash),
  release: () => Promise.resolve(),
};

const jobs: readonly Job[] = expandSpec(spec, equipment);
const runs = jobs.filter((job): job is RunJob => job.kind === 'run');

/** A record as the run itself would have left it. */
function recordOf({
  identity,
  experiment,
  seed,
  poisonFactor,
  numerics,
  algorithmVersions,
  spec: own,
  dataset,
}: RunJob): RunRecord {
  const made = syntheticRun({experiment, seed, poisonFactor});
  const {final, curves} = made.data;
  const brief = Object.fromEntries(Object.entries(curves).map(([key, values]) => [key, values.slice(0, 3)]));
  return {
    ...made,
    identity,
    numerics,
    algorithmVersions,
    spec: own,
    dataset: {...made.dataset, fingerprint: dataset},
    data: {...made.data, final, curves: brief as unknown as typeof curves, checkpoint: null},
  };
}

function taskOf(job: Job): Task {
  if (job.kind === 'run') return {kind: 'train', jobs: [job]};
  const [, ...others] = job.inputs;
  const inputs = runs
    .filter(({identity}) => others.includes(identity))
    .map((run) => ({record: recordOf(run), checkpoint: file, sha256: fileHash}));
  return {kind: 'analyze', job, checkpoint: file, checkpointHash: fileHash, inputs};
}

const training: Task = {kind: 'train', jobs: runs.slice(0, 2)};
const tasks: readonly Task[] = [training, ...jobs.map(taskOf)];
const payloads = await Promise.all(
  tasks.map(async (task) => JSON.parse(JSON.stringify(await payloadOf(task, spec, blobs))) as unknown),
);
const outcome =
  training.kind === 'train'
    ? training.jobs.map((job) => ({record: recordOf(job), checkpoint: fileHash}))
    : [];

const self: Peer = {
  role: 'worker',
  machine: 'here',
  workers: 2,
  handshake: {
    protocol: 1,
    packages: {'@minefield/experiments': '0.0.0', '@tensorflow/tfjs-core': '4.22.0'},
    algorithms: {training: 3, basin: 5},
    numerics: 'portable',
    data: null,
    medium: 'redis',
  },
};
const other: Peer = {...self, role: 'enqueuer', machine: 'there', workers: 0};

const read = payloadReader(equipment);

export const payloadsTarget: FuzzTarget<string> = {
  input(seed, i) {
    const draw = drawFrom(seed, i);
    return mutatedJson(draw, [() => oneOf(draw, payloads), () => outcome, () => other][i % 3]?.());
  },
  read: (text, i) => [readPayload, readOutcome, readPeer][i % 3]?.(text) ?? {fault: 'no reader'},
};

async function readPayload(text: string): Promise<Verdict> {
  let payload: {readonly spec?: unknown};
  try {
    payload = JSON.parse(text);
  } catch {
    // Not for this reader: the queue itself reads JSON.
    return 'refused';
  }
  try {
    const task = await read(payload, blobs);
    const written = await payloadOf(task, parseSpec(payload.spec, 'the payload'), blobs);
    return isSame(await read(JSON.parse(JSON.stringify(written)), blobs), task)
      ? 'accepted'
      : {fault: 'read otherwise once it was written'};
  } catch (error) {
    return refusal(error, [InputError, InvalidSpecError, InvalidRecordError, FileNotThereError]);
  }
}

/** A Redis that holds one text. */
function holding(text: string): Redis & {readonly held: string | null} {
  let held: string | null = text;
  const nothing = () => Promise.resolve(0);
  const redis = {
    get held() {
      return held;
    },
    get: () => Promise.resolve(held),
    set(_key: string, value: string) {
      held = value;
      return Promise.resolve('OK');
    },
    del() {
      held = null;
      return Promise.resolve(1);
    },
    expire: nothing,
    smembers: () => Promise.resolve(['other']),
    mget: () => Promise.resolve([text]),
    sadd: nothing,
    srem: nothing,
  };
  return redis as unknown as Redis & {readonly held: string | null};
}

async function readOutcome(text: string): Promise<Verdict> {
  const redis = holding(text);
  const found = await collectOutcome(redis, 'id', training, blobs);
  if (found === 'useless' || found === 'gone')
    return redis.held === null ? 'refused' : {fault: `${found}, and still there`};
  if (found === undefined || found === 'late') return {fault: `it is ${found ?? 'nothing'}`};
  await leaveOutcome(redis, 'id', found.results, blobs);
  return isSame(await collectOutcome(redis, 'id', training, blobs), {
    ...found,
    files: found.results.flatMap(({checkpoint}) => (checkpoint === null ? [] : [fileHash])),
  })
    ? 'accepted'
    : {fault: 'read otherwise once it was written'};
}

async function readPeer(text: string): Promise<Verdict> {
  try {
    const enrolment = await enrol(holding(text), self);
    const peers = await enrolment.peers();
    await enrolment.leave();
    // Whoever is not understood counts as nobody.
    return peers.length === 1 ? 'accepted' : 'refused';
  } catch (error) {
    return refusal(error, [InputError]);
  }
}
