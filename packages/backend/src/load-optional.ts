import {messageOf} from './activate.ts';

/** `import`, or what a test puts in its place. */
export type Importer = (specifier: string) => Promise<unknown>;

export interface MissingModule {
  readonly state: 'absent' | 'broken';
  readonly specifier: string;
  readonly reason: string;
  readonly cause: unknown;
}

export type OptionalModule = {readonly state: 'present'; readonly module: unknown} | MissingModule;

/** Imports a package that need not be installed, and tells one that is missing from one that cannot be loaded. */
export async function loadOptional(specifier: string, load: Importer): Promise<OptionalModule> {
  try {
    return {state: 'present', module: await load(specifier)};
  } catch (cause) {
    if (isAbsent(cause, specifier))
      return {state: 'absent', specifier, reason: `${specifier} is not installed`, cause};
    return {state: 'broken', specifier, reason: `${specifier} cannot be loaded: ${messageOf(cause)}`, cause};
  }
}

/** A package whose own dependency is missing is broken, not absent. */
function isAbsent(error: unknown, specifier: string): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const missing = error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND';
  return missing && new RegExp(`(module|package) '${specifier}'`).test(error.message);
}
