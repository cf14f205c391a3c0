import {expect, it} from 'vitest';
import {rootFrom} from './links.ts';

it('leads from a page back to the root of the site, whatever the base', () => {
  const at = (path: string, base: string): string => rootFrom(new URL(path, 'http://localhost'), base);
  expect(at('/claims.html', '/')).toBe('./');
  expect(at('/runs/0123.html', '/')).toBe('../');
  expect(at('/minefield/claims.html', '/minefield')).toBe('./');
  expect(at('/minefield/runs/0123.html', '/minefield/')).toBe('../');
});
