import {expect, it, vi} from 'vitest';
import type {Objective} from './objective.ts';
import {pausingObjective} from './pausing-objective.ts';

it('pauses once its patience is over, gives what the objective gives, and has no more methods than it', async () => {
  const objective: Objective = {
    dimension: 1,
    loss: (thetas) => Promise.resolve(Float64Array.from(thetas, (value) => value ** 2)),
    gradient: (theta) => Promise.resolve(theta.map((value) => 2 * value)),
  };
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  let pauses = 0;
  const pausing = pausingObjective(objective, async () => void pauses++);
  expect(await pausing.loss(Float32Array.of(3))).toEqual(Float64Array.of(9));
  expect(pauses).toBe(0);
  clock.mockReturnValue(31);
  expect(await pausing.gradient?.(Float32Array.of(3))).toEqual(Float32Array.of(6));
  expect(await pausing.loss(Float32Array.of(2))).toEqual(Float64Array.of(4));
  expect(pauses).toBe(1);
  expect(Object.keys(pausing).toSorted()).toEqual(Object.keys(objective).toSorted());
  clock.mockRestore();
});
