import {at, nearestWord} from '@minefield/core';
import {readFileOrPipe, UnfitFileError} from '@minefield/results/node';
import {type ExperimentSpec, experiments, parseSpec} from '@minefield/spec';
import {UsageError} from './usage-error.ts';

/** Largest spec that is read. */
const MOST_BYTES = 2 ** 24;

/**
 * The spec that the command line means: a built-in experiment by name and profile, or a file, or a pipe such as `<(command)`.
 * A file is a spec, or the `experiment.json` that stands beside records.
 *
 * @throws {UsageError} naming what is wrong: the name, the profile, the file or its failing keys
 */
export async function loadSpec(nameOrFile: string, profile: string | undefined): Promise<ExperimentSpec> {
  if (/\.json$|[/\\]/.test(nameOrFile)) return readSpec(nameOrFile, profile);
  const profiles = Object.hasOwn(experiments, nameOrFile) ? experiments[nameOrFile] : undefined;
  if (profiles === undefined) {
    throw new UsageError(
      `unknown experiment "${nameOrFile}"${didYouMean(nameOrFile, Object.keys(experiments))}; ` +
        `choose one of ${Object.keys(experiments).join(', ')}, or give the path of a spec that ends in .json`,
    );
  }
  // Sizes are listed from the smallest on.
  const wanted = profile ?? at(Object.keys(profiles), 0);
  const spec = Object.hasOwn(profiles, wanted) ? profiles[wanted] : undefined;
  if (spec === undefined) {
    throw new UsageError(
      `unknown --profile "${wanted}" of ${nameOrFile}${didYouMean(wanted, Object.keys(profiles))}; ` +
        `choose one of ${Object.keys(profiles).join(', ')}`,
    );
  }
  return spec;
}

async function readSpec(file: string, profile: string | undefined): Promise<ExperimentSpec> {
  if (profile !== undefined) {
    throw new UsageError(
      `--profile ${profile} is for built-in experiments; the file ${file} names its own, so leave it out`,
    );
  }
  let text: string;
  try {
    text = new TextDecoder().decode(await readFileOrPipe(file, MOST_BYTES));
  } catch (error) {
    if (error instanceof UnfitFileError) {
      throw new UsageError(`cannot read the spec ${file} (${error.message}); name a file or a pipe`);
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    const reason = code === 'ENOENT' ? 'there is no such file' : code;
    throw new UsageError(`cannot read the spec ${file} (${reason}); check the path`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `${file} is not JSON (${error instanceof Error ? error.message : String(error)}); correct it there`,
    );
  }
  // What `run` leaves of an experiment holds its spec, so that anybody's results can be made again.
  return parseSpec(isExperimentRecord(value) ? value.spec : value, file);
}

function isExperimentRecord(value: unknown): value is {readonly spec: unknown} {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'experiment' &&
    'spec' in value
  );
}

function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearestWord(word, candidates);
  return near === undefined ? '' : ` (did you mean "${near}"?)`;
}
