// Adds up the reports of `pnpm test` and `pnpm check` and prints `N passed, N failed` (and what was skipped).
// Plain JavaScript for any Node >= 20: it must speak even where installing the workspace failed.
import {readFileSync} from 'node:fs';

const [testReport, testExit, checkReport, checkExit] = process.argv.slice(2);

/** The parsed report, or null where the command ended before it wrote one. */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** A command that failed without naming a failure counts as one. */
function withExit(counts, exit, command) {
  if (exit === '0' || counts.failed > 0) return counts;
  console.error(`${command} ended with exit code ${exit} without reporting a failure.`);
  return {...counts, failed: 1};
}

function countTests(report) {
  const files = report?.testResults ?? [];
  // A file that cannot be loaded has no tests to fail.
  const unloaded = files.filter((file) => file.status === 'failed' && !file.assertionResults.some(failed));
  const assertions = files.flatMap((file) => file.assertionResults);
  return {
    passed: assertions.filter((test) => test.status === 'passed').length,
    failed: assertions.filter(failed).length + unloaded.length,
    skipped: assertions.filter((test) => !['passed', 'failed'].includes(test.status)).length,
  };
}

function failed(test) {
  return test.status === 'failed';
}

function countChecks(report) {
  const steps = report?.steps ?? [];
  return {
    passed: steps.filter((step) => step.passed).length,
    failed: steps.filter((step) => !step.passed).length,
    skipped: 0,
  };
}

const tests = withExit(countTests(read(testReport)), testExit, 'pnpm test');
const checks = withExit(countChecks(read(checkReport)), checkExit, 'pnpm check');
const passed = tests.passed + checks.passed;
const failures = tests.failed + checks.failed;
const skipped = tests.skipped + checks.skipped;

console.log(`${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failures > 0 || passed === 0 ? 1 : 0;
