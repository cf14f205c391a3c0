import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, expect, it} from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'minefield-no-onnxruntime-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** Looks for the runtime from a folder that has none, so that Node itself says that it is not there. */
const code = `
  import {registerHooks} from 'node:module';
  registerHooks({
    resolve: (name, context, next) => next(name, name === 'onnxruntime-node'
      ? {...context, parentURL: ${JSON.stringify(pathToFileURL(join(folder, 'any.js')).href)}}
      : context),
  });
  const {loadRuntime} = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'load-runtime.ts')).href)});
  await loadRuntime().catch(({name, message}) => console.log(name + ': ' + message));
`;

it('a runtime that is not installed is asked for by the one command that installs it', () => {
  const {stdout, stderr} = spawnSync(
    process.execPath,
    ['--conditions=@minefield/source', '--input-type=module', '--eval', code],
    {encoding: 'utf8'},
  );
  expect(stderr).toBe('');
  expect(stdout).toBe(
    'InputError: onnx.loadRuntime: expected onnxruntime-node, which evaluates models of ONNX, got none; ' +
      'npm install --ignore-scripts onnxruntime-node, or pnpm add --ignore-scripts onnxruntime-node\n',
  );
});
