/**
 * `pnpm check`: runs every script of package.json whose name starts with `check:`, each to its end whatever the others
 * say, and fails where any of them failed; what one of them skipped is told. `pnpm check lint types` runs these two only;
 * `--report=<file>` keeps the outcome as JSON.
 */
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';

interface Step {
  name: string;
  passed: boolean;
  seconds: number;
}

const {values, positionals} = parseArgs({options: {report: {type: 'string'}}, allowPositionals: true});
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {scripts: Record<string, string>};
const available = Object.keys(manifest.scripts).filter((name) => name.startsWith('check:'));
const wanted = positionals.map((name) => `check:${name}`);
const unknown = wanted.filter((name) => !available.includes(name));

if (unknown.length > 0) {
  const known = available.map((name) => name.slice('check:'.length)).join(', ');
  console.error(`check: expected steps among ${known}; got ${positionals.join(', ')}.`);
  process.exitCode = 2;
} else {
  const steps = (wanted.length > 0 ? wanted : available).map(runStep);
  if (values.report !== undefined) writeFileSync(values.report, JSON.stringify({steps}, null, 2));
  const failed = steps.filter((step) => !step.passed);
  console.log(
    failed.length === 0
      ? `All ${steps.length} checks passed.`
      : `${failed.length} of ${steps.length} checks failed: ${failed.map((step) => step.name).join(', ')}.`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** Runs one script as pnpm would, silent unless it fails. */
function runStep(script: string): Step {
  const start = performance.now();
  const {status, stdout, stderr} = spawnSync(manifest.scripts[script] ?? '', {
    shell: true,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const step = {
    name: script.slice('check:'.length),
    passed: status === 0,
    seconds: Math.round((performance.now() - start) / 100) / 10,
  };
  console.log(`${step.passed ? '✓' : '✗'} ${step.name.padEnd(12)} ${step.seconds.toFixed(1).padStart(6)} s`);
  if (!step.passed) console.log(`${stdout}${stderr}`.trimEnd());
  else
    for (const line of stdout.split('\n').filter((said) => said.startsWith('skipped: ')))
      console.log(`  ${line}`);
  return step;
}
