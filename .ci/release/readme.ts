/** What a README promises: how its package is installed, a first example, and what that prints. */
import {codeBlocks} from '../follow-page.ts';

export interface FirstExample {
  /** A module of plain JavaScript. */
  readonly code: string;
  /** What it writes to standard output, where the README says. */
  readonly printed: string | undefined;
}

/** The first `js` block, and the `text` block that follows it before any other block. */
export function firstExample(readme: string): FirstExample {
  const blocks = codeBlocks(readme);
  const index = blocks.findIndex(({language}) => language === 'js');
  const code = blocks[index]?.text;
  if (code === undefined) throw new Error('expected a ```js block with a runnable example, got none');
  const next = blocks[index + 1];
  return {code, printed: next?.language === 'text' ? next.text : undefined};
}

/**
 * The commands before the first example that install the package, as arguments of the manager. Where a README says
 * nothing of pnpm, `pnpm add` takes the place of `npm install`.
 */
export function installCommands(readme: string, manager: 'npm' | 'pnpm'): string[][] {
  const lines = readme.slice(0, readme.search(/^```/m)).split('\n');
  const commands = (start: string): string[][] =>
    lines
      .filter((line) => line.startsWith(`    ${start} `))
      .map((line) => line.replace(/ # .*/, '').trim().split(/\s+/).slice(1));
  const npm = commands('npm install');
  if (npm.length === 0) throw new Error('expected a line "    npm install …" before the example, got none');
  if (manager === 'npm') return npm;
  const pnpm = commands('pnpm add');
  return pnpm.length > 0 ? pnpm : npm.map(([, ...rest]) => ['add', ...rest]);
}

/** What a module imports, as it says it. */
export function importedModules(code: string): string[] {
  return [...code.matchAll(/^(?:import|\} from)\b[^'\n]*'([^']+)'/gm)].map(([, from]) => from ?? '');
}

/** Names of the packages that a module imports, without the modules of Node. */
export function importedPackages(code: string): string[] {
  const named = importedModules(code).map((from) => /^(?:@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? from);
  return [...new Set(named.filter((name) => !name.startsWith('node:')))];
}
