import {readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {expect, it} from 'vitest';
import {packageFolders} from '../packages.ts';
import {isBrowserSafe, runsInBrowsers} from './bundles.ts';

it('takes for browser-safe what the table of packages does', () => {
  const sentence = /`node:` imports live only in (.*?), and the `\.\/node` entry points/.exec(
    readFileSync('packages/README.md', 'utf8'),
  );
  const programs = [...(sentence?.[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
  expect(programs.length).toBeGreaterThan(0);
  const unsafe = packageFolders().filter((folder) => !isBrowserSafe(folder));
  expect(unsafe.map((folder) => basename(folder)).toSorted()).toEqual(programs.toSorted());
});

it('runs in browsers what imports nothing of Node', () => {
  expect(runsInBrowsers("import {a} from '@minefield/core';\nimport '@tensorflow/tfjs-backend-wasm';")).toBe(
    true,
  );
  expect(runsInBrowsers("import {join} from 'node:path';")).toBe(false);
  expect(runsInBrowsers("import {a} from '@minefield/backend/node';")).toBe(false);
  expect(runsInBrowsers("import * as ort from 'onnxruntime-node';")).toBe(false);
});
