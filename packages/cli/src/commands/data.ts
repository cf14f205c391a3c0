import {
  DownloadError,
  type FetchSvhnOptions,
  type FetchedFile,
  type SvhnPart,
  fetchSvhn,
  svhnFolder,
} from '@minefield/svhn';
import {Argument, Command, InvalidArgumentError} from 'commander';
import {describeError} from '../describe-error.ts';
import {exitCodes} from '../exit-codes.ts';
import {interruptible} from '../interruption.ts';
import type {Finish} from '../finish.ts';
import {duration} from '../terminal/duration.ts';
import {downloadView, megabytes} from '../terminal/download-view.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {UsageError} from '../usage-error.ts';

interface FetchFlags {
  readonly part?: readonly SvhnPart[];
  readonly extra?: true;
  readonly from?: string;
  readonly folder: string;
  readonly mirror?: string;
  readonly json?: true;
}

const PARTS: readonly SvhnPart[] = ['train', 'test', 'extra'];

export function dataCommand(io: Terminal, finish: Finish): Command {
  return new Command('data')
    .description('see to the data sets that experiments read')
    .addCommand(fetchCommand(io, finish));
}

function fetchCommand(io: Terminal, finish: Finish): Command {
  return new Command('fetch')
    .description('download a data set, checked; what is there is kept, what was interrupted goes on')
    .addArgument(new Argument('<dataset>', 'svhn: house numbers, for non-commercial use').choices(['svhn']))
    .option('--part <name>', 'train, test or extra; may be repeated (default: train and test)', addPart)
    .option('--extra', 'the part extra too, of 1.3 GB')
    .option('--from <folder>', 'copy the files from there, where they are under their official names')
    .option('--folder <folder>', 'where the files go', svhnFolder())
    .option('--mirror <url>', 'another address to download them from; they are checked all the same')
    .option('--json', 'print one JSON document on standard output')
    .action(async (_: string, flags: FetchFlags) => {
      const files = await fetched(io, finish, flags);
      if (files === null) return;
      if (flags.json) io.print(JSON.stringify({dataset: 'svhn', folder: flags.folder, files}, null, 2));
      else for (const file of files) io.print(sentence(file));
    });
}

/** @returns null where the files did not come, which has been said, with the exit code set */
async function fetched(io: Terminal, finish: Finish, flags: FetchFlags): Promise<FetchedFile[] | null> {
  const {part = ['train', 'test'], extra = false, folder, from, mirror} = flags;
  if (from !== undefined && mirror !== undefined) {
    throw new UsageError(
      '--from copies the files and --mirror is where they are downloaded from; give one of them',
    );
  }
  const options: FetchSvhnOptions = {
    parts: extra ? [...part, 'extra'] : part,
    folder,
    onProgress: downloadView(io),
    onRetry: (retry) => io.note(`${retry.part}: ${retry.reason}; trying again in ${duration(retry.seconds)}`),
    ...(from !== undefined && {from}),
    ...(mirror !== undefined && {baseUrl: mirror}),
  };
  const work = async (signal: AbortSignal): Promise<FetchedFile[] | null> => {
    try {
      return await fetchSvhn({...options, signal});
    } catch (error) {
      io.status(null);
      if (signal.aborted) {
        finish(exitCodes.interrupted);
        return null;
      }
      if (!(error instanceof DownloadError)) throw error;
      // Nothing is wrong with what was asked for.
      io.note(`${io.style('red', 'error:')} ${describeError(error)}`);
      finish(exitCodes.failed);
      return null;
    }
  };
  const files = await interruptible(io, work, 'stopping; the same command goes on from here');
  io.status(null);
  return files;
}

function addPart(text: string, parts: readonly SvhnPart[] = []): SvhnPart[] {
  const part = PARTS.find((name) => name === text);
  if (part === undefined) throw new InvalidArgumentError(`Allowed choices are ${PARTS.join(', ')}.`);
  return [...parts, part];
}

function sentence({part, path, bytes, origin}: FetchedFile): string {
  const how = {kept: 'there already', copied: 'copied', downloaded: 'downloaded'}[origin];
  return `${part.padEnd(5)}  ${how}, MD5 as published, ${megabytes(bytes)} MB  ${path}`;
}
