/** The code of a Markdown page, and what comes of it when a reader does as the page says. */
import {spawn} from 'node:child_process';
import {chmodSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';

export interface CodeBlock {
  readonly language: string;
  /** What stands behind the language: of a file, its name. */
  readonly name: string;
  readonly text: string;
}

/** What stands between fences, in the order of the page. What is indented is only read. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const found = markdown.matchAll(/^```(\w*)[ \t]*([^\n]*)\n(.*?)^```$/gms);
  return [...found].map(([, language = '', name = '', text = '']) => ({language, name, text}));
}

export interface FollowOptions {
  /** What `python3` starts. Without it, the page has to do without Python. */
  readonly python?: string | undefined;
  readonly env?: NodeJS.ProcessEnv;
}

/** What a page says that a command prints, and what the command printed. */
export interface Printed {
  readonly said: string;
  readonly printed: string;
}

const root = join(import.meta.dirname, '..');
const MARK = '<<<< the next commands >>>>';

/**
 * Carries out a page in a folder, as its reader would: files are written under the names behind their language, and commands
 * (`sh`) run in one shell, in which `minefield` and `node` are those of this repository, on its sources.
 *
 * @returns each `text` block with what the last block of commands before it printed
 * @throws Error with what a command said that failed, and where a block is neither file, command nor output
 */
export async function followPage(
  markdown: string,
  folder: string,
  options: FollowOptions = {},
): Promise<Printed[]> {
  const blocks = codeBlocks(markdown);
  const kept = join(folder, '.page');
  mkdirSync(join(kept, 'bin'), {recursive: true});
  symlinkSync(join(root, 'examples/node_modules'), join(folder, 'node_modules'));
  const node = `exec '${process.execPath}' --conditions=@minefield/source`;
  command(kept, 'minefield', `${node} '${join(root, 'packages/cli/src/main.ts')}' "$@"`);
  command(kept, 'node', `${node} "$@"`);
  if (options.python !== undefined) command(kept, 'python3', `exec '${options.python}' "$@"`);
  const script = blocks.map(({language, name, text}, index) => {
    if (language === 'text') return '';
    if (language === 'sh') return `echo '${MARK}'\n${text}`;
    if (name === '')
      throw new Error(`followPage: expected a file's name behind \`\`\`${language}, got none: ${text}`);
    writeFileSync(join(kept, String(index)), text);
    return `cp '${join(kept, String(index))}' '${name}'\n`;
  });
  writeFileSync(join(kept, 'page.sh'), script.join(''));
  const stdout = await shell(join(kept, 'page.sh'), folder, {
    ...process.env,
    NO_COLOR: '1',
    // Small products gain nothing from more threads, and lose much where the machine does other work.
    OMP_NUM_THREADS: '1',
    ...options.env,
    PATH: [join(kept, 'bin'), process.env['PATH']].join(delimiter),
  });
  const printed = stdout.split(`${MARK}\n`);
  return blocks.flatMap(({language, text}, index) => {
    if (language !== 'text') return [];
    const before = blocks.slice(0, index).filter((block) => block.language === 'sh').length;
    return {said: text, printed: printed[before] ?? ''};
  });
}

/** @returns what was printed until the script ended; what it had started and left running is then ended, too */
async function shell(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn('sh', ['-e', script], {cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe']});
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (stderr += text));
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid);
      } catch {
        // Nothing was left running.
      }
      child.on('close', () => resolve(code));
    });
  });
  if (status === 0) return stdout;
  throw new Error(
    `followPage: a command failed (${status}):\n${stdout.replaceAll(`${MARK}\n`, '')}${stderr}`,
  );
}

function command(folder: string, name: string, line: string): void {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${line}\n`);
  chmodSync(file, 0o755);
}

/** Lines that hold something, without white space at their ends. */
export function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

/**
 * What was printed, with the page's words where the page leaves out as much: `…` stands for anything within a line, and alone for
 * any number of lines. Equal to the lines of `said` where the page is right.
 */
export function abridged({said, printed}: Printed): string[] {
  const wanted = lines(said);
  const found = lines(printed);
  const result: string[] = [];
  let next = 0;
  for (const [index, line] of wanted.entries()) {
    if (line === '…') {
      const until = wanted[index + 1];
      const end =
        until === undefined ? found.length : found.findIndex((each, i) => i >= next && fits(each, until));
      if (end < 0) break;
      result.push(line);
      next = end;
    } else {
      const each = found[next++];
      if (each === undefined) break;
      result.push(fits(each, line) ? line : each);
    }
  }
  return [...result, ...found.slice(next)];
}

/** However many blanks stand in a row: columns are as wide as their numbers. */
function fits(line: string, wanted: string): boolean {
  const parts = spaced(wanted)
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(spaced(line));
}

function spaced(line: string): string {
  return line.replaceAll(/\s+/g, ' ');
}
