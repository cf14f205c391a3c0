import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {loadCommonJs} from './load-common-js.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-common-js-'));
afterAll(() => rmSync(folder, {recursive: true}));

function module(name: string, text: string): string {
  const path = join(folder, `${name}.js`);
  writeFileSync(path, text);
  return path;
}

test('loads a module and those beside it once, also in a circle, with what is given for all others', () => {
  module('b', "const a = require('./a'); exports.seen = Object.keys(a); exports.given = require('given');");
  const a = module(
    'a',
    "exports.first = 1; exports.b = require('./b'); exports.again = require('./b') === exports.b;",
  );
  const given = {given: {mine: true}};
  const loaded = new Map<string, unknown>();
  expect(loadCommonJs(a, given, loaded)).toEqual({
    first: 1,
    b: {seen: ['first'], given: given.given},
    again: true,
  });
  expect(loadCommonJs(a, given, loaded)).toBe(loaded.get(a));
});

test('takes exports that are put in the place of the first ones', () => {
  expect(loadCommonJs(module('whole', 'module.exports = 42;'), {}, new Map())).toBe(42);
});

test('finds nothing that is neither given nor beside the module', () => {
  const asks = module('asks', "require('node:fs');");
  expect(() => loadCommonJs(asks, {}, new Map())).toThrow(/ENOENT/);
});
