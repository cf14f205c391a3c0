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

/**
 * A package whose own dependency is missing is broken, not absent. The second wording is that of Vite, which puts a
 * module that throws in the place of an optional peer.
 */
function isAbsent(error: unknown, specifier: string): boolean {
  return (
    error instanceof Error &&
    new RegExp(`Cannot find (module|package) '${specifier}'|Could not resolve "${specifier}"`).test(
      error.message,
    )
  );
}
