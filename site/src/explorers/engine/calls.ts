/** All that the worker can be asked; an explorer that needs more adds a file to `calls/` and a line here. */
import {boundary} from './calls/boundary.ts';
import {checkpoint} from './calls/checkpoint.ts';
import {losses} from './calls/losses.ts';
import {margins} from './calls/margins.ts';
import {surface} from './calls/surface.ts';

export const calls = {boundary, checkpoint, losses, margins, surface} as const;

export type Calls = typeof calls;
