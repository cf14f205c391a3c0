import {main} from 'assemblyscript/asc';
import type {Rival} from './compare.ts';
import {type Contestant, timed} from './contest.ts';

const CHAINS = 12;
const TIMES = 4000;

/** Floating-point operations of one call of {@link fmaPeak}'s contestant. */
const PEAK_FLOPS = TIMES * 2 * CHAINS * 8;

/** Speed of {@link fmaPeak}'s contestant, the best of five. */
export async function gigaflopsOf(peak: Contestant): Promise<number> {
  const seconds: number[] = [];
  for (let i = 0; i < 5; i++) seconds.push(await peak(2000));
  return PEAK_FLOPS / Math.min(...seconds) / 1e9;
}

/** What a kernel of so many operations stands between: the machine's limit for it, and the stock kernel, where there is one. */
export function limitsOf(peak: Contestant, stock: Contestant | undefined, flops: number): readonly Rival[] {
  return [
    {contestant: peak, each: PEAK_FLOPS / flops, peerName: '128-bit FMA peak', target: 0.75},
    ...(stock === undefined ? [] : [{contestant: stock, peerName: 'stock WASM', target: null}]),
  ];
}

/** 128-bit fused multiply-adds with nothing to wait for, in WebAssembly: the machine's limit for the kernels. */
export async function fmaPeak(): Promise<Contestant> {
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const options = '-O3 --runtime stub --enable simd --enable relaxed-simd --outFile peak.wasm';
  const {error, stderr} = await main(['peak.ts', ...options.split(' ')], {
    readFile: (name) => (name === 'peak.ts' ? peakSource() : null),
    writeFile: (_, contents) => {
      if (typeof contents !== 'string') binary = Uint8Array.from(contents);
    },
    listFiles: () => [],
  });
  if (error !== null || binary === undefined)
    throw new Error(`AssemblyScript: ${stderr.toString()}`, {cause: error});
  const {instance} = await WebAssembly.instantiate(binary);
  const {memory, multiplyAdds} = instance.exports as {
    memory: WebAssembly.Memory;
    multiplyAdds: (values: number, times: number) => number;
  };
  if (memory.buffer.byteLength === 0) memory.grow(1);
  new Float32Array(memory.buffer).fill(0.5);
  return timed(() => {
    multiplyAdds(0, TIMES);
  });
}

/** AssemblyScript of as many chains of sums as hide the latency of one and still fit the registers. */
function peakSource(): string {
  const names = Array.from({length: CHAINS}, (_, i) => `sum${i}`);
  const load = (name: string, place: number): string => `let ${name} = v128.load(values, ${16 * place});`;
  const round = names.map((name) => `${name} = f32x4.relaxed_madd(x, y, ${name});`);
  const total = names.reduce((all, name) => `f32x4.add(${all}, ${name})`);
  return [
    'export function multiplyAdds(values: usize, times: i32): f32 {',
    ...['x', 'y', ...names].map(load),
    'do {',
    ...round,
    ...round,
    '} while (--times);',
    `return f32x4.extract_lane(${total}, 0);`,
    '}',
  ].join('\n');
}
