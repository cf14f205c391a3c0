import {createGenerator} from '@minefield/core';
import type {TrainingTarget} from '@minefield/spec';
import {expect, it} from 'vitest';
import type {CurveEntry} from './learning-curves.ts';
import {NetworkState} from './network-state.ts';
import type {TrainingOutcome} from './training-result.ts';

const theta = Float32Array.of(1, 2);
const nothing = {inputs: new Float32Array(), labels: []};
const task = {initial: theta, poisonFactor: 0, train: nothing, test: nothing, generator: createGenerator(0)};

const entry: CurveEntry = {
  step: 10,
  trainLoss: 0.25,
  trainAccuracy: 0.9,
  poisonLoss: 0,
  testLoss: 0.5,
  testAccuracy: 0.75,
  learningRate: 0.1,
  gradientNorm: 1,
};

it.each<[target: TrainingTarget, outcome: TrainingOutcome]>([
  [{trainAccuracy: 0.8}, 'target-reached'],
  [{trainAccuracy: 0.9, trainLoss: 0.25}, 'target-reached'],
  [{trainAccuracy: 0.8, trainLoss: 0.2}, 'completed'],
  [{trainAccuracy: 0.8, trainLoss: 0}, 'completed'],
  [{trainAccuracy: 0.95, trainLoss: 0.25}, 'completed'],
])(
  'with an accuracy of 0.9 and a loss of 0.25, a network whose target is %o ends as %s',
  (target, outcome) => {
    const state = new NetworkState(task);
    state.record(entry, theta, target);
    expect(state.result(100)).toMatchObject({outcome, steps: outcome === 'completed' ? 100 : 10});
  },
);
