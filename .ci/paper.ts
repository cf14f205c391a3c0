/**
 * `pnpm paper`: the toy experiment in its quick profile, the verdicts on the paper's claims, and the companion site made
 * of these results. The site is built whatever the verdicts are: a claim that fails is a result too.
 */
import {spawn} from 'node:child_process';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

const results = 'results-local';
const minefield = ['--conditions=@minefield/source', 'packages/cli/src/main.ts'];

// Ctrl-C reaches the whole process group: the child tidies up and ends, and its exit code is ours.
process.on('SIGINT', () => {});
process.exitCode = await paper();

async function paper(): Promise<number> {
  const run = await node([...minefield, 'run', 'toy', '--profile', 'quick', '--out', results]);
  if (run !== 0) return run;

  const verify = await node([
    ...minefield,
    'verify',
    '--results',
    results,
    '--out',
    `${results}/claims.json`,
  ]);
  if (verify > 128) return verify;

  const build = await node(['node_modules/astro/bin/astro.mjs', 'build', '--silent'], 'site', {
    MINEFIELD_RESULTS: resolve(results),
  });
  if (build !== 0) return build;

  console.log(
    [
      '',
      `The companion is built from ${results}/.`,
      '  serve it:  npx -y pnpm@12 serve',
      `  read it:   ${pathToFileURL(resolve('site/dist/index.html')).href}`,
      '             (from a disk the pictures stand still: browsers start no workers there)',
    ].join('\n'),
  );
  // 1 is a claim that failed, and the page says so; anything else is a fault.
  return verify === 1 ? 0 : verify;
}

/** Runs Node on `args` in `folder` and gives its exit code. */
function node(args: readonly string[], folder = '.', environment: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      stdio: 'inherit',
      env: {...process.env, ...environment},
    });
    child.on('error', fail);
    child.on('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
