/** Entry point of a pool's worker process, for work that is kept in folders. */
import {folderStorage, workerEntry} from './worker-entry.ts';

workerEntry(folderStorage);
