import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export interface WidestPeak {
  /** GFLOP/s of one core. */
  readonly speed: number;
  /** Of the vector unit. */
  readonly bits: number;
}

/**
 * Fused multiply-adds with nothing to wait for on the widest vectors that the C compiler knows of this processor: the limit of
 * native libraries, beside that of WebAssembly's 128 bits. The best of five, for nothing makes it faster than it is.
 *
 * @returns undefined without a C compiler
 */
export function widestPeak(): WidestPeak | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'minefield-peak-'));
  try {
    const [source, program] = [join(folder, 'peak.c'), join(folder, 'peak')];
    writeFileSync(source, SOURCE);
    execFileSync('cc', ['-O3', '-march=native', '-ffp-contract=fast', '-o', program, source], {
      stdio: 'ignore',
    });
    const runs = Array.from({length: 5}, () =>
      execFileSync(program, {encoding: 'utf8'}).split(' ').map(Number),
    );
    return {speed: Math.max(...runs.map(([speed = 0]) => speed)), bits: runs[0]?.[1] ?? 0};
  } catch {
    return undefined;
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** As many chains of sums as hide the latency of one and still fit 16 registers. */
const CHAINS = 12;

const SOURCE = `
#include <stdio.h>
#include <time.h>
#if defined(__AVX512F__)
#define BYTES 64
#elif defined(__AVX__)
#define BYTES 32
#else
#define BYTES 16
#endif
typedef float vector __attribute__((vector_size(BYTES)));
int main(int count, char **arguments) {
  const long times = 20000000;
  vector x, y, sums[${CHAINS}];
  /* Not known to the compiler: it could do the work by itself. */
  for (unsigned i = 0; i < BYTES / 4; i++) { x[i] = 0.5f * count; y[i] = 1e-6f * count; }
  for (int c = 0; c < ${CHAINS}; c++) sums[c] = x;
  struct timespec start, end;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
  for (long i = 0; i < times; i++) {
    ${Array.from({length: CHAINS}, (_, c) => `sums[${c}] = sums[${c}] * x + y;`).join(' ')}
  }
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  vector total = sums[0];
  for (int c = 1; c < ${CHAINS}; c++) total += sums[c];
  double seconds = end.tv_sec - start.tv_sec + 1e-9 * (end.tv_nsec - start.tv_nsec);
  printf("%g %d %g\\n", 2e-9 * ${CHAINS} * (BYTES / 4) * times / seconds, 8 * BYTES, total[0]);
  return 0;
}
`;
