export {BackendUnavailableError} from './backend.ts';
export type {
  BackendDescription,
  BackendName,
  BackendOptions,
  RunningBackend,
  StartedBackend,
} from './backend.ts';
export {describeBackends, startBackend} from './start-backend.ts';
