import {Command} from 'commander';
import {agreementCommand} from './commands/agreement.ts';
import {backendCommand} from './commands/backend.ts';
import {dataCommand} from './commands/data.ts';
import {doctorCommand} from './commands/doctor.ts';
import {evaluatorCommand} from './commands/evaluator.ts';
import {exportCommand} from './commands/export.ts';
import {figureCommand} from './commands/figure.ts';
import {llcCommand} from './commands/llc.ts';
import {newCommand} from './commands/new.ts';
import {packCommand} from './commands/pack.ts';
import {runCommand} from './commands/run.ts';
import {scanCommand} from './commands/scan.ts';
import {spectrumCommand} from './commands/spectrum.ts';
import {verifyCommand} from './commands/verify.ts';
import {volumeCommand} from './commands/volume.ts';
import {statusCommand} from './commands/status.ts';
import {workerCommand} from './commands/worker.ts';
import type {Finish} from './finish.ts';
import type {Terminal} from './terminal/terminal.ts';
import {version} from './version.ts';

/** The whole command line; one file a command. */
export function createProgram(io: Terminal, finish: Finish): Command {
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
  const commands = [
    runCommand,
    workerCommand,
    statusCommand,
    verifyCommand,
    agreementCommand,
    packCommand,
    exportCommand,
    figureCommand,
    newCommand,
    volumeCommand,
    spectrumCommand,
    llcCommand,
    scanCommand,
    evaluatorCommand,
    dataCommand,
    backendCommand,
    doctorCommand,
  ];
  for (const command of commands) {
    const added = command(io, finish).copyInheritedSettings(program);
    for (const nested of added.commands) nested.copyInheritedSettings(program);
    program.addCommand(added);
  }
  return program;
}
