import {readFileSync, readdirSync} from 'node:fs';
import {main} from 'assemblyscript/asc';

const sources = new URL('../assembly/', import.meta.url);
const common = '--optimizeLevel 3 --noAssert --runtime stub --importMemory --noExportMemory';

export interface CompiledModules {
  readonly relaxed: Uint8Array;
  readonly simd: Uint8Array;
}

/** Compiles the AssemblyScript sources, with relaxed SIMD and with plain SIMD. */
export async function compileModules(): Promise<CompiledModules> {
  const [relaxed, simd] = await Promise.all([
    compile(['--enable', 'simd', '--enable', 'relaxed-simd']),
    compile(['--enable', 'simd']),
  ]);
  return {relaxed, simd};
}

/** The TypeScript module that carries the binaries. */
export function renderModules({relaxed, simd}: CompiledModules): string {
  return `// Compiled from assembly/ by \`pnpm build:modules\`; do not edit.

export const relaxedModule: string =
  '${Buffer.from(relaxed).toString('base64')}';

export const simdModule: string =
  '${Buffer.from(simd).toString('base64')}';
`;
}

async function compile(features: readonly string[]): Promise<Uint8Array> {
  const files = new Map(
    readdirSync(sources)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [name, readFileSync(new URL(name, sources), 'utf8')]),
  );
  let binary: Uint8Array | undefined;
  const {error, stderr} = await main(
    ['index.ts', '--outFile', 'module.wasm', ...common.split(' '), ...features],
    {
      readFile: (name) => files.get(name) ?? null,
      writeFile: (_, contents) => {
        if (typeof contents !== 'string') binary = contents;
      },
      listFiles: () => [...files.keys()],
    },
  );
  if (error !== null || binary === undefined)
    throw new Error(`AssemblyScript: ${stderr.toString()}`, {cause: error});
  return binary;
}
