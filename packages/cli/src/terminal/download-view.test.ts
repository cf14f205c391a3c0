import {expect, it} from 'vitest';
import {downloadText} from './download-view.ts';

const progress = {part: 'train', received: 45_100_000, total: 182_040_794} as const;

it('shows what has come, how fast, and how long the rest takes', () => {
  expect(downloadText(progress, null)).toBe('train: 45 of 182 MB');
  expect(downloadText(progress, 3_123_456)).toBe('train: 45 of 182 MB, 3.1 MB/s, 44 s left');
});
