import type {BuildStep, PinnedFile, TensorflowBuild} from '@minefield/backend/node';
import {Argument, Command} from 'commander';
import {withoutOrigin} from '../describe-error.ts';
import {exitCodes} from '../exit-codes.ts';
import type {Finish} from '../finish.ts';
import {interruptible} from '../interruption.ts';
import {downloadView, megabytes} from '../terminal/download-view.ts';
import type {Terminal} from '../terminal/terminal.ts';

interface BuildFlags {
  readonly gpu?: true;
  readonly python?: string;
  readonly compiler?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

export function backendCommand(io: Terminal, finish: Finish): Command {
  return new Command('backend')
    .description('see to the backends that experiments compute with')
    .addCommand(buildCommand(io, finish));
}

function buildCommand(io: Terminal, finish: Finish): Command {
  return new Command('build')
    .description('make a backend that no package brings; one that is there and works is kept')
    .addArgument(
      new Argument('<backend>', 'tensorflow: native TensorFlow, fetched with pip and npm').choices([
        'tensorflow',
      ]),
    )
    .option('--gpu', 'TensorFlow for GPUs of NVIDIA, with CUDA 12')
    .option('--python <command>', 'a Python that has pip (default: python3)')
    .option('--compiler <command>', 'a C++ compiler that takes the flags of GCC (default: $CXX, or g++)')
    .option('--dry-run', 'only say what would be fetched')
    .option('--json', 'print one JSON document on standard output')
    .action(async (_: string, flags: BuildFlags) => {
      // TensorFlow.js comes along, and takes a second to load.
      const {TensorflowBuildError} = await import('@minefield/backend/node');
      try {
        await (flags.dryRun ? plan(io, flags) : build(io, finish, flags));
      } catch (error) {
        if (!(error instanceof TensorflowBuildError)) throw error;
        // Nothing is wrong with what was asked for.
        io.status(null);
        io.note(`${io.style('red', 'error:')} ${withoutOrigin(error.message)}`);
        finish(exitCodes.failed);
      }
    });
}

async function plan(io: Terminal, {gpu, json}: BuildFlags): Promise<void> {
  const {tensorflowFiles, tensorflowFolder} = await import('@minefield/backend/node');
  const files = tensorflowFiles(gpu);
  if (json) {
    io.print(JSON.stringify({backend: 'tensorflow', root: tensorflowFolder(), files}, null, 2));
    return;
  }
  for (const {client, name, version, bytes} of files) {
    io.print(`${megabytes(bytes, 3).padStart(8)} MB  ${client}  ${name} ${version}`);
  }
  io.print(sizes(files));
}

async function build(io: Terminal, finish: Finish, {gpu, python, compiler, json}: BuildFlags): Promise<void> {
  const {buildTensorflow, tensorflowFiles, tensorflowFolder} = await import('@minefield/backend/node');
  const announce = (): void =>
    io.note(`fetching ${sizes(tensorflowFiles(gpu))}, to build TensorFlow in ${tensorflowFolder()}`);
  const work = async (signal: AbortSignal): Promise<TensorflowBuild | null> => {
    try {
      return await buildTensorflow({gpu, python, compiler, signal, onStep: stepView(io, announce)});
    } catch (error) {
      if (!signal.aborted) throw error;
      finish(exitCodes.interrupted);
      return null;
    }
  };
  const made = await interruptible(io, work, 'stopping; nothing is kept of what was begun');
  io.status(null);
  if (made === null) return;
  if (json) io.print(JSON.stringify({backend: 'tensorflow', ...made}, null, 2));
  else io.print(sentence(made));
  if (gpu && !made.gpu) io.note('no GPU was found: its driver is missing, or older than CUDA 12.9 asks for');
}

/** @param announce says what is fetched, before the first file is */
function stepView(io: Terminal, announce: () => void): (step: BuildStep) => void {
  const download = downloadView(io);
  let fetching = false;
  return (step) => {
    if (step.step !== 'fetch') {
      io.status(step.step === 'compile' ? 'compiling the addon' : 'trying the addon');
      return;
    }
    if (!fetching) announce();
    fetching = true;
    const {name, bytes} = step.file;
    if (bytes >= 1e6) download({part: name, received: step.received, total: bytes});
  };
}

function sentence({origin, version, gpu, folder}: TensorflowBuild): string {
  const how = origin === 'kept' ? 'there already' : 'built';
  return `${how}: TensorFlow ${version}, which computes on ${gpu ? 'a GPU' : 'the CPU'}  ${folder}`;
}

function sizes(files: readonly PinnedFile[]): string {
  const total = files.reduce((sum, {bytes}) => sum + bytes, 0);
  return `${files.length} files, ${megabytes(total)} MB`;
}
