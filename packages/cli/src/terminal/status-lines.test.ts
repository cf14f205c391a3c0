import {PassThrough} from 'node:stream';
import {expect, it} from 'vitest';
import {statusLines} from './status-lines.ts';
import {terminal} from './terminal.ts';

const stream = new PassThrough() as unknown as NodeJS.WriteStream;
const io = terminal(stream, stream);

it('gives a failed job one line, however long the stack of its error is', () => {
  const job = {identity: 'a'.repeat(64), kind: 'run', seed: 1, poisonFactor: 0.5} as const;
  const error = 'TypeError: x is not a function\n    at y (file:1:2)\n    at z (file:3:4)';
  const status = {
    experiment: 'toy',
    profile: 'quick',
    jobs: 3,
    done: 1,
    nothingToMeasure: 0,
    running: [],
    begun: 0,
    sweeps: [],
    failed: [
      {job, error},
      {job, error: 'landscape.basinRadii: expected a finite loss at the anchor, got NaN'},
    ],
  };
  expect(statusLines({experiments: [status], queue: null}, io)).toEqual([
    'toy (quick): 1 of 3 jobs done, 2 failed; no sweep is running here',
    '  failed training of seed 1, poison factor 0.5: TypeError: x is not a function',
    '  failed training of seed 1, poison factor 0.5: expected a finite loss at the anchor, got NaN',
  ]);
});
