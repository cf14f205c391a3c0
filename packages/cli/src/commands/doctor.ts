import {availableParallelism, cpus, totalmem} from 'node:os';
import type {BackendDescription} from '@minefield/backend/node';
import {packageVersions} from '@minefield/results/node';
import {Command} from 'commander';
import {exitCodes} from '../exit-codes.ts';
import type {Finish} from '../finish.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {wrap} from '../terminal/wrap.ts';

/** What `doctor --json` prints. */
interface Report {
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly packages: Readonly<Record<string, string>>;
  readonly backends: readonly BackendDescription[];
  /** Backend that an experiment uses unless another is asked for. */
  readonly portable: {readonly backend: 'wasm'; readonly available: boolean};
}

/** As the backend package sees them: what it could start. */
const PACKAGES = [
  '@minefield/tfjs-kernels',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-webgpu',
  'webgpu',
];

export function doctorCommand(io: Terminal, finish: Finish): Command {
  return new Command('doctor')
    .description('show what this machine can compute with, what is missing, and how to get it')
    .option('--json', 'print one JSON document on standard output')
    .action(async ({json}: {readonly json?: true}) => {
      const report = await examine();
      if (json) io.print(JSON.stringify(report, null, 2));
      else for (const line of reportLines(report, io)) io.print(line);
      finish(report.portable.available ? exitCodes.done : exitCodes.failed);
    });
}

async function examine(): Promise<Report> {
  // TensorFlow.js takes a second to load, and only this command needs it here.
  const {describeBackends} = await import('@minefield/backend/node');
  const backends = await describeBackends();
  return {
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? process.arch,
    cores: availableParallelism(),
    memoryGiB: Number((totalmem() / 2 ** 30).toFixed(1)),
    packages: await packageVersions(PACKAGES, import.meta.resolve('@minefield/backend/node')),
    backends,
    portable: {
      backend: 'wasm',
      available: backends.some(({name, available}) => name === 'wasm' && available),
    },
  };
}

function reportLines(report: Report, io: Terminal): string[] {
  const {node, platform, cpu, cores, memoryGiB, packages, backends, portable} = report;
  return [
    ...wrap(`Node ${node}, ${platform}, ${cpu}, ${cores} cores, ${memoryGiB} GiB`, io.columns),
    '',
    'Backends, fastest first',
    ...backends.flatMap((backend) => backendLines(backend, io)),
    '',
    ...wrap(
      portable.available
        ? 'Experiments use wasm with kernels whose bits agree on all machines; --backend chooses another.'
        : io.style('red', 'Experiments cannot run: wasm does not start.', 'out'),
      io.columns,
    ),
    '',
    'Packages',
    ...Object.entries(packages).map(([name, version]) => `  ${name} ${version}`),
  ];
}

function kernelsOf(kernels: BackendDescription['kernels']): string {
  return kernels === null ? 'kernels of TensorFlow.js' : `Minefield's ${kernels} kernels`;
}

/** Of a backend's mark and name. */
const MARGIN = 16;

function backendLines(
  {name, available, kernels, device, reason, remedy}: BackendDescription,
  io: Terminal,
): string[] {
  const mark = available ? io.style('green', '✓', 'out') : io.style('yellow', '–', 'out');
  const texts = available
    ? [[name === 'tensorflow' ? null : kernelsOf(kernels), device]]
    : [[reason], remedy === null ? [] : [`${io.style('dim', 'to get it:', 'out')} ${remedy}`]];
  const width = Math.max(40, io.columns) - MARGIN;
  return texts
    .map((parts) => parts.filter((part) => part !== null).join(', '))
    .filter((text) => text !== '')
    .flatMap((text) => wrap(text, width))
    .map((line, i) => `${i === 0 ? `  ${mark} ${name.padEnd(MARGIN - 4)}` : ' '.repeat(MARGIN)}${line}`);
}
