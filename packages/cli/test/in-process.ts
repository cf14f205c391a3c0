import {vi} from 'vitest';
import {runCli} from '../src/run-cli.ts';

/** The command in this process, for starting one costs more than most measurements. */
export async function minefield(...args: string[]): Promise<{code: number; out: string; notes: string}> {
  let [out, notes] = ['', ''];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((out += String(chunk)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => ((notes += String(chunk)), true)),
  ];
  try {
    return {code: await runCli(args), out, notes};
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

export async function json<D>(line: string): Promise<D> {
  const {code, out, notes} = await minefield(...line.split(' '), '--json');
  if (code !== 0) throw new Error(`exit code ${code}: ${notes}`);
  return JSON.parse(out) as D;
}
