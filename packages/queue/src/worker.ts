/** Entry point of a pool's worker process, for work that is kept in a folder or in the Redis of a queue. */
import {workerEntry} from '@minefield/experiments/worker';
import {queueStorage} from './queue-storage.ts';

workerEntry(queueStorage);
