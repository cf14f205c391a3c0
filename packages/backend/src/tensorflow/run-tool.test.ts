import {expect, test} from 'vitest';
import {TensorflowBuildError} from './build-error.ts';
import {runTool} from './run-tool.ts';

const node = (script: string, signal?: AbortSignal): Promise<string> =>
  runTool(process.execPath, ['-e', script], {remedy: 'mend it', signal});

test('gives what the tool wrote to standard output', async () => {
  expect(await node('console.log(42); console.error(43)')).toBe('42\n');
});

test('a command that is not there is told from one that fails, and a failure by the line that speaks of an error', async () => {
  await expect(runTool('no-such-tool', [], {remedy: 'install it'})).rejects.toThrow(
    new TensorflowBuildError('no-such-tool to run', 'no such command', 'install it'),
  );
  const noisy = 'console.error("ERROR: no room\\nsee the log"); process.exitCode = 3';
  await expect(node(noisy)).rejects.toThrow(/ to run, got exit code 3 \(ERROR: no room\); mend it$/);
  await expect(node('process.kill(process.pid, "SIGKILL")')).rejects.toThrow(
    /got an end by SIGKILL; mend it$/,
  );
});

test('is stopped by its signal, and throws its reason', async () => {
  const reason = new Error('enough');
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 100);
  await expect(node('setTimeout(() => {}, 60_000)', controller.signal)).rejects.toBe(reason);
  await expect(node('', controller.signal)).rejects.toBe(reason);
});
