/** All that the worker can be asked; an explorer that needs more adds a file to `calls/` and a line here. */
import {boundary} from './calls/boundary.ts';
import {checkpoint} from './calls/checkpoint.ts';
import {losses} from './calls/losses.ts';
import {measure} from './calls/measure.ts';
import {saveNetwork} from './calls/save-network.ts';
import {surface} from './calls/surface.ts';
import {train} from './calls/train.ts';

export const calls = {boundary, checkpoint, losses, measure, saveNetwork, surface, train} as const;

export type Calls = typeof calls;
