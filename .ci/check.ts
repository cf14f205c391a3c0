/**
 * `pnpm check`: runs every script of package.json whose name starts with `check:`, as many at a time as there are cores,
 * each to its end whatever the others say, and fails where any of them failed; what one of them skipped is told.
 * `pnpm check lint types` runs these two only; `--report=<file>` keeps the outcome as JSON.
 */
import {spawn} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {text} from 'node:stream/consumers';
import {parseArgs} from 'node:util';

interface Step {
  name: string;
  passed: boolean;
  seconds: number;
}

/** What these read is written by `check:build`. */
const OF_THE_BUILD = new Set(['check:api', 'check:packing', 'check:reproducible', 'check:install']);

const {values, positionals} = parseArgs({options: {report: {type: 'string'}}, allowPositionals: true});
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {scripts: Record<string, string>};
const available = Object.keys(manifest.scripts).filter((name) => name.startsWith('check:'));
const asked = positionals.map((name) => `check:${name}`);
const unknown = asked.filter((name) => !available.includes(name));

if (unknown.length > 0) {
  const known = available.map((name) => name.slice('check:'.length)).join(', ');
  console.error(`check: expected steps among ${known}; got ${positionals.join(', ')}.`);
  process.exitCode = 2;
} else {
  const steps = await runAll(asked.length > 0 ? asked : available);
  if (values.report !== undefined) writeFileSync(values.report, JSON.stringify({steps}, null, 2));
  const failed = steps.filter((step) => !step.passed);
  console.log(
    failed.length === 0
      ? `All ${steps.length} checks passed.`
      : `${failed.length} of ${steps.length} checks failed: ${failed.map((step) => step.name).join(', ')}.`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** Runs scripts, the build before what reads it. @returns their outcomes, as they ended */
async function runAll(scripts: readonly string[]): Promise<Step[]> {
  const waiting = scripts.toSorted((a, b) => Number(b === 'check:build') - Number(a === 'check:build'));
  const steps: Step[] = [];
  let build: Promise<Step> | undefined;
  /** Takes one script after another until none is left. */
  const lane = async (): Promise<void> => {
    for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) {
      if (OF_THE_BUILD.has(script)) await build;
      const step = runStep(script);
      if (script === 'check:build') build = step;
      steps.push(await step);
    }
  };
  await Promise.all(Array.from({length: availableParallelism()}, lane));
  return steps;
}

/** Runs one script as pnpm would, silent unless it fails. */
async function runStep(script: string): Promise<Step> {
  const start = performance.now();
  const child = spawn(manifest.scripts[script] ?? '', {shell: true, stdio: ['ignore', 'pipe', 'pipe']});
  const status = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const step = {
    name: script.slice('check:'.length),
    passed: (await status) === 0,
    seconds: Math.round((performance.now() - start) / 100) / 10,
  };
  console.log(`${step.passed ? '✓' : '✗'} ${step.name.padEnd(12)} ${step.seconds.toFixed(1).padStart(6)} s`);
  if (!step.passed) console.log(`${stdout}${stderr}`.trimEnd());
  else
    for (const line of stdout.split('\n').filter((said) => said.startsWith('skipped: ')))
      console.log(`  ${line}`);
  return step;
}
