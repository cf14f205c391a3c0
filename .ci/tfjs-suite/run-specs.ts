import type {SuiteResults} from './suite-results.ts';

interface SpecResult {
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly {readonly message: string}[];
}

/** Runs every spec that has been imported. */
export async function runSpecs(): Promise<SuiteResults> {
  const failed: Record<string, string> = {};
  let passed = 0;
  const env = jasmine.getEnv();
  env.configure({random: false});
  return new Promise((resolve) => {
    env.addReporter({
      specDone: ({fullName, status, failedExpectations}: SpecResult) => {
        if (status === 'passed') passed++;
        if (status === 'failed') failed[fullName] = (failedExpectations[0]?.message ?? '').slice(0, 300);
      },
      jasmineDone: () => {
        resolve({passed, failed});
      },
    });
    env.execute();
  });
}
