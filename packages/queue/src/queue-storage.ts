import {type OpenStorage, folderStorage} from '@minefield/experiments/worker';
import {redisParts} from './redis-parts.ts';

/** Opens the places for unfinished work that a queue's tasks name: a shared folder, or its Redis. */
export const queueStorage: OpenStorage = (place) =>
  place.startsWith('file:') ? folderStorage(place) : redisParts(place);
