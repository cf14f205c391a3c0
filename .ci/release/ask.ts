import {createInterface} from 'node:readline/promises';

/** @throws Error where nobody is there to answer */
export async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Error(`release: expected a terminal to ask "${question}", got none`);
  const terminal = createInterface({input: process.stdin, output: process.stdout});
  try {
    return (await terminal.question(`${question} `)).trim();
  } finally {
    terminal.close();
  }
}

/** @throws Error unless the answer is yes */
export async function confirm(question: string): Promise<void> {
  if (!/^y(es)?$/i.test(await ask(`${question} [y/N]`))) throw new Error('release: stopped as answered.');
}
