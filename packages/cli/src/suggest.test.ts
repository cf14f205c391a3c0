import {describe, expect, it} from 'vitest';
import {suggest} from './suggest.ts';

describe('suggest', () => {
  it.each([
    ['tyo', ['toy', 'svhn'], 'toy'],
    ['TOY', ['toy', 'svhn'], 'toy'],
    ['svnh', ['toy', 'svhn'], 'svhn'],
    ['minefeild', ['minefield', 'toy'], 'minefield'],
    ['qiuck', ['quick', 'full'], 'quick'],
    ['cifar', ['toy', 'svhn'], undefined],
    ['', ['toy'], undefined],
  ])('takes "%s" among %j for %s', (word, candidates, expected) => {
    expect(suggest(word, candidates)).toBe(expected);
  });
});
