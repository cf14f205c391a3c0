import {setImmediate} from 'node:timers/promises';
import {type Objective, pausingObjective} from '@minefield/core';

/** The same objective, pausing now and then for waiting signals, timers and streams. */
export function yieldingToEventLoop(objective: Objective): Objective {
  return pausingObjective(objective, setImmediate);
}
