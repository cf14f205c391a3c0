/** All that the worker can be asked; an explorer that needs more adds a file to `calls/` and a line here. */
import {boundary} from './calls/boundary.ts';
import {checkpoint} from './calls/checkpoint.ts';
import {losses} from './calls/losses.ts';
import {margins} from './calls/margins.ts';
import {measureNetwork} from './calls/measure-network.ts';
import {perceptron} from './calls/perceptron.ts';
import {pointsFile} from './calls/points-file.ts';
import {surface} from './calls/surface.ts';

export const calls = {
  boundary,
  checkpoint,
  losses,
  margins,
  measureNetwork,
  perceptron,
  pointsFile,
  surface,
} as const;

export type Calls = typeof calls;
