import {createRequire} from 'node:module';
import {expect, test} from 'vitest';
import {repairNodeUtil} from './node-util-repair.ts';

const values = [null, undefined, 0, '', [], {length: 0}];

test('puts isNullOrUndefined back into the module that CommonJS packages require', () => {
  repairNodeUtil();
  const util: {isNullOrUndefined(value: unknown): boolean} = createRequire(import.meta.url)('util');
  expect(values.map((value) => util.isNullOrUndefined(value))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('puts isArray back where it is gone', () => {
  const target: {isArray?: (value: unknown) => boolean} = {};
  repairNodeUtil(target);
  expect(values.map((value) => target.isArray?.(value))).toEqual([false, false, false, false, true, false]);
});

test('leaves what is there as it is', () => {
  const own = (): boolean => true;
  const target = {isArray: own, isNullOrUndefined: own};
  repairNodeUtil(target);
  expect(target).toEqual({isArray: own, isNullOrUndefined: own});
});
