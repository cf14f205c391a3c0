/** All that the worker can be asked; an explorer that needs more adds a file to `calls/` and a line here. */
import {bend} from './calls/bend.ts';
import {boundary} from './calls/boundary.ts';
import {checkpoint} from './calls/checkpoint.ts';
import {line} from './calls/line.ts';
import {losses} from './calls/losses.ts';
import {measure} from './calls/measure.ts';
import {reach} from './calls/reach.ts';
import {retrace} from './calls/retrace.ts';
import {saveNetwork} from './calls/save-network.ts';
import {seek} from './calls/seek.ts';
import {surface} from './calls/surface.ts';
import {train} from './calls/train.ts';

export const calls = {
  bend,
  boundary,
  checkpoint,
  line,
  losses,
  measure,
  reach,
  retrace,
  saveNetwork,
  seek,
  surface,
  train,
} as const;

export type Calls = typeof calls;
