/** All that the worker can be asked; an explorer that needs more adds a file to `calls/` and a line here. */
import {boundary} from './calls/boundary.ts';
import {checkpoint} from './calls/checkpoint.ts';
import {direction} from './calls/direction.ts';
import {losses} from './calls/losses.ts';
import {margins} from './calls/margins.ts';
import {shaken} from './calls/shaken.ts';
import {surface} from './calls/surface.ts';
import {walk} from './calls/walk.ts';

export const calls = {boundary, checkpoint, direction, losses, margins, shaken, surface, walk} as const;

export type Calls = typeof calls;
