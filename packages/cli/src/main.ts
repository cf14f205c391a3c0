#!/usr/bin/env node
import {runCli} from './run-cli.ts';

// A reader that has seen enough, such as `head`, closes the pipe: what is left has nobody to be told to.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runCli(process.argv.slice(2));
