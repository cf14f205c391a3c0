import {execFileSync, spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {expect, it} from 'vitest';
import {isOrphan, processTag} from './process-tag.ts';

const unshare = ['--pid', '--fork', '--mount-proc'];
const hasNamespaces = spawnSync('unshare', [...unshare, 'true']).status === 0;
const printTag = `process.stdout.write((await import(${JSON.stringify(fileURLToPath(new URL('process-tag.ts', import.meta.url)))})).processTag)`;
const node = [process.execPath, '--conditions=@minefield/source', '--input-type=module', '--eval', printTag];

it('tells processes of one machine that are no more', () => {
  const [command = '', ...options] = node;
  const tag = execFileSync(command, options, {encoding: 'utf8'});
  expect(tag.split('-')[0]).toBe(processTag.split('-')[0]);
  expect(isOrphan(`.x.${tag}.tmp`)).toBe(true);
  expect(isOrphan(`.x.${processTag}.tmp`)).toBe(false);
});

it.skipIf(!hasNamespaces)(
  'does not take a process of another container of the same name for one that is no more',
  () => {
    const tag = execFileSync('unshare', [...unshare, ...node], {encoding: 'utf8'});
    expect(tag).toMatch(/^[0-9a-f]{8}-\d+$/);
    expect(isOrphan(`.x.${tag}.tmp`)).toBe(false);
  },
);
