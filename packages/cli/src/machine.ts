import {createHash, randomBytes} from 'node:crypto';
import {link, mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {homedir, hostname} from 'node:os';
import {join} from 'node:path';
import {Option} from 'commander';

/** `--machine`, the same for every command that makes records. */
export function machineOption(): Option {
  return new Option(
    '--machine <name>',
    'what records call this machine; its host name is never recorded',
  ).env('MINEFIELD_MACHINE');
}

/**
 * Tells this process and those that it starts what records call the machine: the name, if one is given, and a random
 * number that is drawn once for each host and user. It says that two records come from one machine, and not which.
 */
export async function nameMachine(name: string | undefined): Promise<void> {
  if (name !== undefined && name.trim() !== '') process.env['MINEFIELD_MACHINE'] = name.trim();
  process.env['MINEFIELD_MACHINE_ID'] ??= await machineId().catch(() => '');
}

/** Hosts may share a home, so each has a file of its own there. */
async function machineId(): Promise<string> {
  const folder = join(process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'minefield');
  const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  const file = join(folder, `machine-${host}`);
  const known = await readId(file);
  if (known !== undefined) return known;
  const fresh = randomBytes(6).toString('hex');
  const temporary = `${file}.${fresh}.tmp`;
  await mkdir(folder, {recursive: true});
  await writeFile(temporary, `${fresh}\n`);
  // Of several processes that start at once, the first names the machine.
  await link(temporary, file).catch(() => undefined);
  await rm(temporary);
  return (await readId(file)) ?? fresh;
}

async function readId(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^[0-9a-f]{12}(?=\n)/.exec(text)?.[0];
}
