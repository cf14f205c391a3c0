import {expect, it} from 'vitest';
import {compileModules, renderModules} from '../scripts/compile-modules.ts';
import * as generated from './modules.generated.ts';

const modules = await compileModules();

it('is what the sources in assembly/ compile to', () => {
  const text = renderModules(modules);
  expect(text).toContain(`'${generated.relaxedModule}'`);
  expect(text).toContain(`'${generated.simdModule}'`);
});

it('takes at most 80 kB for both modules', () => {
  expect(modules.relaxed.length + modules.simd.length).toBeLessThanOrEqual(80_000);
});

it.each(Object.entries(modules))(
  'the %s module brings no data, no start function and no memory of its own',
  (_, binary) => {
    const module = new WebAssembly.Module(binary);
    expect(WebAssembly.Module.imports(module)).toEqual([{module: 'env', name: 'memory', kind: 'memory'}]);
    expect(WebAssembly.Module.exports(module).every(({kind}) => kind === 'function')).toBe(true);
    expect(sections(binary)).not.toContain(START);
    expect(sections(binary)).not.toContain(DATA);
    expect(sections(binary)).not.toContain(MEMORY);
  },
);

const [MEMORY, START, DATA] = [5, 8, 11];

/** Ids of the sections of a binary module. */
function sections(binary: Uint8Array): number[] {
  const ids: number[] = [];
  let at = 8;
  while (at < binary.length) {
    ids.push(binary[at++] ?? 0);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = binary[at++] ?? 0;
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    at += size;
  }
  return ids;
}
