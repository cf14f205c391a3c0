/** Synthetic records for tests of this package and of those that read records; not published. */
export {syntheticAnalysis, syntheticSweep} from './synthetic-records.ts';
export type {SyntheticSweepOptions} from './synthetic-records.ts';
export {syntheticRun} from './synthetic-run.ts';
export type {SyntheticRunOptions} from './synthetic-run.ts';
export {syntheticRunSpec, syntheticSettings, syntheticSpec} from './synthetic-spec.ts';
