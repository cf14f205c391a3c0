/** Holds a reader of untrusted bytes against mutated inputs: it accepts or refuses each, in little time, and never breaks. */

/** What came of an input. A refusal is in the reader's own words; a fault is the reader's. */
export type Verdict = 'accepted' | 'refused' | {readonly fault: string};

export interface FuzzTarget<Input extends Uint8Array | string> {
  /** Input `i`, which depends on the seed and `i` alone. */
  input(seed: number, i: number): Input;
  /** Reads it, and looks again at what was accepted. What it throws is a fault. */
  read(input: Input, i: number): Verdict | Promise<Verdict>;
  /** Most milliseconds of processor time that one input may take. Default 250. */
  readonly mostMilliseconds?: number;
}

export interface FuzzSummary {
  readonly accepted: number;
  readonly refused: number;
  /** What went wrong, with the number of the input. */
  readonly faults: readonly string[];
  /** Bytes, or UTF-16 units of a text. Milliseconds are of processor time. */
  readonly slowest: {readonly input: number; readonly length: number; readonly milliseconds: number};
}

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Number of the first input. Default 0. */
  readonly first?: number;
}

export async function fuzz<Input extends Uint8Array | string>(
  target: FuzzTarget<Input>,
  {inputs, seed, first = 0}: FuzzOptions,
): Promise<FuzzSummary> {
  const most = target.mostMilliseconds ?? 250;
  const faults: string[] = [];
  let [accepted, refused] = [0, 0];
  let slowest = {input: first, length: 0, milliseconds: 0};
  for (let i = first; i < first + inputs; i++) {
    const input = target.input(seed, i);
    const {verdict, milliseconds: once} = await timed(target, input, i);
    let milliseconds = once;
    // What else the process did meanwhile, such as collecting garbage, is not the reader's: the fastest of several is.
    for (let again = 0; again < 4 && milliseconds > most / 4; again++) {
      milliseconds = Math.min(milliseconds, (await timed(target, input, i)).milliseconds);
    }
    if (milliseconds > slowest.milliseconds) slowest = {input: i, length: input.length, milliseconds};
    if (verdict === 'accepted') accepted++;
    else if (verdict === 'refused') refused++;
    else faults.push(`input ${i}: ${verdict.fault}`);
    if (milliseconds > most) faults.push(`input ${i}: took ${Math.round(milliseconds)} ms`);
  }
  return {accepted, refused, faults, slowest};
}

async function timed<Input extends Uint8Array | string>(
  target: FuzzTarget<Input>,
  input: Input,
  i: number,
): Promise<{verdict: Verdict; milliseconds: number}> {
  // On a machine with other things to do, no clock on the wall tells how long an input takes.
  const before = process.cpuUsage();
  let verdict: Verdict;
  try {
    const reading = target.read(input, i);
    verdict = reading instanceof Promise ? await reading : reading;
  } catch (error) {
    verdict = {fault: error instanceof Error ? (error.stack ?? error.message) : String(error)};
  }
  const {user, system} = process.cpuUsage(before);
  return {verdict, milliseconds: (user + system) / 1000};
}

/**
 * `pnpm fuzz:<name> [inputs] [seed] [first]`: so many inputs, 1,000,000 otherwise, of a seed, from the first on; exit code 1
 * where the reader is at fault.
 */
export async function fuzzCommand<Input extends Uint8Array | string>(
  name: string,
  target: FuzzTarget<Input>,
): Promise<void> {
  const [inputs = 1_000_000, seed = 1, first = 0] = process.argv.slice(2).map(Number);
  const start = performance.now();
  const {accepted, refused, faults, slowest} = await fuzz(target, {inputs, seed, first});
  for (const fault of faults.slice(0, 20)) {
    const [, number = first] = /^input (\d+)/.exec(fault) ?? [];
    console.log(`${fault}\n  again with: pnpm fuzz:${name} 1 ${seed} ${number}`);
  }
  if (faults.length > 20) console.log(`and ${faults.length - 20} more faults`);
  console.log(
    `${name}: ${inputs} inputs of seed ${seed} in ${Math.round((performance.now() - start) / 1000)} s: ` +
      `${accepted} accepted, ${refused} refused, ${faults.length} faults; the slowest, of ${slowest.length} ` +
      `${typeof target.input(seed, slowest.input) === 'string' ? 'characters' : 'bytes'}, took ` +
      `${(slowest.milliseconds / 1000).toFixed(3)} s of processor time (pnpm fuzz:${name} 1 ${seed} ${slowest.input}); ` +
      `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
}
