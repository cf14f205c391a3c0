import {Command} from 'commander';
import type {Finish} from './finish.ts';
import type {Terminal} from './terminal/terminal.ts';
import {version} from './version.ts';

type MakeCommand = (io: Terminal, finish: Finish) => Command;

type Loader = () => Promise<MakeCommand>;

/** In the order of the help; one file a command. */
const loaders: Readonly<Record<string, Loader>> = {
  run: async () => (await import('./commands/run.ts')).runCommand,
  worker: async () => (await import('./commands/worker.ts')).workerCommand,
  status: async () => (await import('./commands/status.ts')).statusCommand,
  verify: async () => (await import('./commands/verify.ts')).verifyCommand,
  agreement: async () => (await import('./commands/agreement.ts')).agreementCommand,
  pack: async () => (await import('./commands/pack.ts')).packCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  figure: async () => (await import('./commands/figure.ts')).figureCommand,
  new: async () => (await import('./commands/new.ts')).newCommand,
  volume: async () => (await import('./commands/volume.ts')).volumeCommand,
  spectrum: async () => (await import('./commands/spectrum.ts')).spectrumCommand,
  llc: async () => (await import('./commands/llc.ts')).llcCommand,
  scan: async () => (await import('./commands/scan.ts')).scanCommand,
  evaluator: async () => (await import('./commands/evaluator.ts')).evaluatorCommand,
  data: async () => (await import('./commands/data.ts')).dataCommand,
  backend: async () => (await import('./commands/backend.ts')).backendCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
};

/** The command line, as far as these arguments need it: hundreds of modules stand behind most commands. */
export async function createProgram(io: Terminal, finish: Finish, args: readonly string[]): Promise<Command> {
  const program = new Command('minefield')
    .description(
      'Find good and bad minima of neural networks, measure the basins around them, check the paper’s claims.',
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.print(text.trimEnd()),
      writeErr: (text) => io.note(text.trimEnd()),
      outputError: (text, write) => write(`${io.style('red', 'error:')} ${text.replace(/^error: /, '')}`),
    })
    // As narrow as a split window; commander itself stops breaking between words at 40 columns of text.
    .configureHelp({minWidthToWrap: 20})
    .showHelpAfterError('(minefield --help, or minefield <command> --help, lists what there is)')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 a claim or check failed, 2 bad usage or input, 130 interrupted.',
    );
  for (const load of loadersFor(args)) {
    const makeCommand = await load();
    const added = makeCommand(io, finish).copyInheritedSettings(program);
    for (const nested of added.commands) nested.copyInheritedSettings(program);
    program.addCommand(added);
  }
  return program;
}

/** The help, and words that are no command, need every one. */
function loadersFor([first = '']: readonly string[]): readonly Loader[] {
  if (first === '--version' || first === '-V') return [];
  const named = Object.hasOwn(loaders, first) ? loaders[first] : undefined;
  return named === undefined ? Object.values(loaders) : [named];
}
