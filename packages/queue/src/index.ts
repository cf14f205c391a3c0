export {describeUrl} from './connect.ts';
export {queueExecutor} from './queue-executor.ts';
export type {QueueExecutorOptions} from './queue-executor.ts';
export {queueStatus} from './queue-status.ts';
export type {QueueStatus} from './queue-status.ts';
export {runQueueWorker} from './queue-worker.ts';
export type {QueueWorkerEvent, QueueWorkerOptions} from './queue-worker.ts';
export {queueWorkerPool} from './worker-pool.ts';
