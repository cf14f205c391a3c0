/** Everything that the pages show, read once in a build. */
import {type Benchmark, loadBenchmarks} from './benchmarks.ts';
import {type Chaos, loadChaos} from './chaos.ts';
import {type Claim, loadClaims} from './claims.ts';
import {type Experiment, loadExperiments} from './load-results.ts';

export interface SiteData {
  readonly experiments: readonly Experiment[];
  /** null where the claims were never verified */
  readonly claims: readonly Claim[] | null;
  readonly benchmarks: readonly Benchmark[];
  /** null where no sweeps were broken */
  readonly chaos: Chaos | null;
}

let data: Promise<SiteData> | undefined;

export function siteData(): Promise<SiteData> {
  return (data ??= load());
}

async function load(): Promise<SiteData> {
  const {results, benchmarks} = import.meta.env.FOLDERS;
  return {
    experiments: await loadExperiments(results),
    claims: await loadClaims(results),
    benchmarks: await loadBenchmarks(benchmarks),
    chaos: await loadChaos(benchmarks),
  };
}
