import {spawnSync} from 'node:child_process';
import {join} from 'node:path';

/** Where bench/peers/make-pythons.sh puts what it installs, ignored by git. */
const installed = ['torch', 'jax'].map((name) =>
  join(import.meta.dirname, '..', '.work/python', name, 'bin/python'),
);

/** Debian's python3, which has Debian's torch, may stand behind another one. */
const interpreters = ['python3', '/usr/bin/python3', ...installed];

/** The interpreters that have a module; none where there is no Python. */
export function pythonsWith(module: string): string[] {
  const has = `import importlib.util, sys; sys.exit(importlib.util.find_spec('${module}') is None)`;
  const found = interpreters.filter(
    (python) => spawnSync(python, ['-c', has], {stdio: 'ignore'}).status === 0,
  );
  // Where they are one, its name will do.
  return found[0] === 'python3' ? found.filter((python) => python !== '/usr/bin/python3') : found;
}

/** What `describe.each` and `it.each` are given: interpreters, or one that is not there, for a skipped test to be named after. */
export function pythonsOrNone(module: string): {readonly pythons: readonly string[]; readonly none: boolean} {
  const pythons = pythonsWith(module);
  return pythons.length > 0
    ? {pythons, none: false}
    : {pythons: [`no python3 that has ${module}`], none: true};
}
