/** Compiles `assembly/` and writes both modules, as base64, to `src/modules.generated.ts`. */
import {writeFileSync} from 'node:fs';
import {compileModules, renderModules} from './compile-modules.ts';

const modules = await compileModules();
writeFileSync(new URL('../src/modules.generated.ts', import.meta.url), renderModules(modules));
for (const [name, binary] of Object.entries(modules)) console.log(`${name}: ${binary.length} bytes`);
