import {describe, expect, it} from 'vitest';
import {gathered} from './gathered.ts';

describe('gathered', () => {
  it('makes one call of those that come at once, and another of those that come later', async () => {
    const calls: (readonly number[])[] = [];
    const square = gathered<number, number>((items) => {
      calls.push(items);
      return Promise.resolve(items.map((item) => item * item));
    });
    expect(await Promise.all([3, 1, 2].map(square))).toEqual([9, 1, 4]);
    expect(await square(5)).toBe(25);
    expect(calls).toEqual([[3, 1, 2], [5]]);
  });

  it('keeps those together that go on from the same answers', async () => {
    const sizes: number[] = [];
    const increment = gathered<number, number>((items) => {
      sizes.push(items.length);
      return Promise.resolve(items.map((item) => item + 1));
    });
    const threeTimes = async (item: number): Promise<number> =>
      increment(await increment(await increment(item)));
    expect(await Promise.all([10, 20].map(threeTimes))).toEqual([13, 23]);
    expect(sizes).toEqual([2, 2, 2]);
  });

  it('tells everybody what went wrong, and goes on', async () => {
    let works = false;
    const ask = gathered<number, number>(async (items) => {
      if (!works) throw new Error('no answer');
      return items;
    });
    const attempts = await Promise.allSettled([ask(1), ask(2)]);
    expect(attempts.map(({status}) => status)).toEqual(['rejected', 'rejected']);
    works = true;
    expect(await ask(3)).toBe(3);
  });
});
