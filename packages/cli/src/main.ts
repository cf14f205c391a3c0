#!/usr/bin/env node
import {exitCodes} from './exit-codes.ts';
import {runCli} from './run-cli.ts';
import {terminal} from './terminal/terminal.ts';

const io = terminal(process.stdout, process.stderr);
let lost = false;

process.stdout.on('error', ({code}: NodeJS.ErrnoException) => {
  // A reader that has seen enough, such as `head`, closes the pipe: what is left has nobody to be told to.
  if (code === 'EPIPE') return;
  lost = true;
  process.exitCode = exitCodes.badInput;
  io.note(
    `${io.style('red', 'error:')} standard output cannot be written (${code ?? 'unknown'}); make room there, or send it elsewhere`,
  );
});
// Notes are for whoever watches: work goes on without.
process.stderr.on('error', () => undefined);

const code = await runCli(process.argv.slice(2));
process.exitCode = lost && code !== exitCodes.interrupted ? exitCodes.badInput : code;
