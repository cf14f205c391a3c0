import {describe, expect, it} from 'vitest';
import {nearestWord} from './nearest-word.ts';

describe('nearestWord', () => {
  it.each([
    ['tyo', ['toy', 'svhn'], 'toy'],
    ['TOY', ['toy', 'svhn'], 'toy'],
    ['svnh', ['toy', 'svhn'], 'svhn'],
    ['minefeild', ['minefield', 'toy'], 'minefield'],
    ['qiuck', ['quick', 'full'], 'quick'],
    ['cifar', ['toy', 'svhn'], undefined],
    ['', ['toy'], undefined],
  ])('takes "%s" among %j for %s', (word, candidates, expected) => {
    expect(nearestWord(word, candidates)).toBe(expected);
  });
});
