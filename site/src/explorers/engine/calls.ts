/** All that the worker can be asked; an explorer that needs more adds a file to `calls/` and a line here. */
import {bend} from './calls/bend.ts';
import {boundary} from './calls/boundary.ts';
import {checkpoint} from './calls/checkpoint.ts';
import {direction} from './calls/direction.ts';
import {line} from './calls/line.ts';
import {margins} from './calls/margins.ts';
import {measure} from './calls/measure.ts';
import {measureNetwork} from './calls/measure-network.ts';
import {perceptron} from './calls/perceptron.ts';
import {pit} from './calls/pit.ts';
import {plane} from './calls/plane.ts';
import {pointsFile} from './calls/points-file.ts';
import {radii} from './calls/radii.ts';
import {reach} from './calls/reach.ts';
import {retrace} from './calls/retrace.ts';
import {saveNetwork} from './calls/save-network.ts';
import {seek} from './calls/seek.ts';
import {shaken} from './calls/shaken.ts';
import {surface} from './calls/surface.ts';
import {train} from './calls/train.ts';
import {walk} from './calls/walk.ts';

export const calls = {
  bend,
  boundary,
  checkpoint,
  direction,
  line,
  margins,
  measure,
  measureNetwork,
  perceptron,
  pit,
  plane,
  pointsFile,
  radii,
  reach,
  retrace,
  saveNetwork,
  seek,
  shaken,
  surface,
  train,
  walk,
} as const;

export type Calls = typeof calls;
