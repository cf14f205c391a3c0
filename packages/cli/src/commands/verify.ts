import {
  CLAIMED_EXPERIMENTS,
  type Claim,
  type ClaimsDocument,
  verifyAll,
  verifyClaims,
} from '@minefield/claims';
import {type Store, openStore, writeAtomically} from '@minefield/results/node';
import {Command} from 'commander';
import {exitCodes} from '../exit-codes.ts';
import {noResults} from '../no-results.ts';
import {folderName} from '../option-values.ts';
import type {Finish} from '../finish.ts';
import {claimsTable, tally} from '../terminal/claims-table.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {UsageError} from '../usage-error.ts';

interface VerifyFlags {
  readonly results: string;
  readonly experiment?: string;
  readonly out?: string;
  readonly json?: true;
}

export function verifyCommand(io: Terminal, finish: Finish): Command {
  return new Command('verify')
    .description('hold the paper’s claims against the records; a claim that fails sets exit code 1')
    .option('--results <folder>', 'where the records are', 'results')
    .option(
      '--experiment <name>',
      'one experiment of that folder, yours too; all that the claims are about otherwise',
      folderName,
    )
    .option('--out <file>', 'also write the JSON document to this file, as the site reads it')
    .option('--json', 'print one JSON document on standard output')
    .action(async (flags: VerifyFlags) => {
      const document = await claimsOf(openStore(flags.results), flags);
      const json = JSON.stringify(document, null, 2);
      if (flags.out !== undefined) await writeDocument(flags.out, `${json}\n`);
      if (flags.json) io.print(json);
      else for (const line of [...claimsTable(document.claims, io), tally(document.claims)]) io.print(line);
      finish(document.claims.some(failed) ? exitCodes.failed : exitCodes.done);
    });
}

/** @throws {UsageError} when there is nothing to verify; {StoreError} naming every unreadable or invalid record */
async function claimsOf(store: Store, {experiment}: VerifyFlags): Promise<ClaimsDocument> {
  const names = experiment === undefined ? CLAIMED_EXPERIMENTS : [experiment];
  const records = (await Promise.all(names.map((name) => store.readRecords(name)))).flat();
  const heads = records.filter((record) => record.kind === 'experiment');
  const [head] = heads;
  if (head === undefined) throw await noResults(store, experiment ?? 'toy');
  return experiment === undefined ? verifyAll(heads, records) : verifyClaims(head, records);
}

/** @throws {UsageError} when it cannot be written */
async function writeDocument(file: string, text: string): Promise<void> {
  try {
    await writeAtomically(file, text);
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : String(error)}; name another file with --out`,
    );
  }
}

function failed({verdict}: Claim): boolean {
  return verdict === 'fail';
}
