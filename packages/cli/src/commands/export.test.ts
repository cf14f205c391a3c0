import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type ResultRecord, type TableRow, resultTables} from '@minefield/results';
import {openStore, packRecords} from '@minefield/results/node';
import {syntheticSweep} from '@minefield/results/testing';
import {parquetMetadata, parquetReadObjects} from 'hyparquet';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {json, minefield} from '../../test/in-process.ts';
import {tableLines} from '../../test/table-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-export-'));
const results = join(folder, 'results');
const names = ['runs', 'curves', 'radii', 'volumes'] as const;
let records: ResultRecord[] = [];

beforeAll(async () => {
  const sweep = {
    seeds: [1, 2],
    poisonFactors: [0, 0.01, 0.8],
    analyses: ['basin', 'preconditioned'] as const,
  };
  records = ['toy', 'other'].flatMap((experiment) => syntheticSweep({experiment, ...sweep}));
  for (const record of records) await openStore(results).writeRecord(record);
  await packRecords(results, 'toy', {all: true});
});
afterAll(() => rmSync(folder, {recursive: true}));

const exported = (...flags: readonly string[]): ReturnType<typeof minefield> =>
  minefield('export', '--results', results, ...flags);

/** Rows of one experiment, as a person makes them of the records, in no certain order. */
function rowsOf(name: (typeof names)[number], experiment?: string): TableRow[] {
  const own = records.filter((record) => experiment === undefined || record.experiment === experiment);
  return own.flatMap((record) => resultTables[name].rows(record));
}

const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();

describe('minefield export', () => {
  it.each(names)('writes %s as JSON Lines that hold every number exactly', async (name) => {
    const {code, out} = await exported('--table', name, '--format', 'jsonl');
    expect(code).toBe(0);
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as TableRow);
    expect(rows.length).toBeGreaterThan(10);
    expect(sorted(rows)).toEqual(sorted(rowsOf(name)));
  });

  it.each(names)('writes %s as Parquet that another reader finds the same in', async (name) => {
    const file = join(folder, `${name}.parquet`);
    expect((await exported('--table', name, '--out', file)).code).toBe(0);
    const bytes = readFileSync(file);
    const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const rows = await parquetReadObjects({file: whole});
    const plain = rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, cell]) => [key, typeof cell === 'bigint' ? Number(cell) : cell]),
      ),
    );
    expect(sorted(plain)).toEqual(sorted(rowsOf(name)));
    const types = {text: 'BYTE_ARRAY', integer: 'INT64', number: 'DOUBLE', boolean: 'BOOLEAN'};
    const schema = parquetMetadata(whole).schema.slice(1);
    expect(schema.map(({name: column, type, repetition_type}) => ({column, type, repetition_type}))).toEqual(
      Object.entries(resultTables[name].columns).map(([column, {type, missing}]) => ({
        column,
        type: types[type],
        repetition_type: missing === undefined ? 'REQUIRED' : 'OPTIONAL',
      })),
    );
  });

  it.each(names)('writes %s as CSV with a line of names, and nothing for null', async (name) => {
    const {out} = await exported('--table', name);
    const [head = '', ...lines] = out.trimEnd().split('\n');
    const columns = resultTables[name].columns;
    expect(head.split(',')).toEqual(Object.keys(columns));
    const rows = lines.map((line) => {
      const cells = fieldsOf(line);
      return Object.fromEntries(
        Object.entries(columns).map(([key, {type}], i) => [key, parsed(cells[i], type)]),
      );
    });
    expect(sorted(rows)).toEqual(sorted(rowsOf(name)));
  });

  it('says how many rows came of which experiment', async () => {
    const file = join(folder, 'volumes.csv');
    const line = `export --table volumes --results ${results} --experiment other --out ${file}`;
    const rows = rowsOf('volumes', 'other').length;
    expect(await json(line)).toEqual({
      table: 'volumes',
      format: 'csv',
      out: file,
      rows,
      experiments: [{experiment: 'other', rows, leftOut: 0}],
    });
    expect((await minefield(...line.split(' '))).notes).toBe(`${rows} rows of other in ${file}\n`);
  });

  it('leaves out what its experiment does not name, and says so', async () => {
    const store = openStore(join(folder, 'changed'));
    const sweep = syntheticSweep({seeds: [1, 2], poisonFactors: [0, 0.8], analyses: []});
    for (const record of sweep) {
      await store.writeRecord(
        record.kind === 'experiment' ? {...record, jobs: record.jobs.filter(({seed}) => seed === 1)} : record,
      );
    }
    const {out, notes} = await minefield('export', '--table', 'runs', '--results', store.directory);
    expect(out.trimEnd().split('\n')).toHaveLength(1 + 2);
    expect(notes).toMatch(/^left out 2 records of "toy" that its experiment\.json does not name/);
  });

  it('writes a table without rows where nothing of it was measured, and says so', async () => {
    const store = openStore(join(folder, 'runs-alone'));
    for (const record of syntheticSweep({seeds: [1], analyses: []})) await store.writeRecord(record);
    const file = join(folder, 'none.parquet');
    const {code, notes} = await minefield(
      'export',
      '--table',
      'radii',
      '--results',
      store.directory,
      '--out',
      file,
    );
    expect({code, notes}).toEqual({
      code: 0,
      notes: 'no rows: these experiments measured nothing for radii\n',
    });
    const bytes = readFileSync(file);
    const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    expect(parquetMetadata(whole).num_rows).toBe(0n);
    expect(
      parquetMetadata(whole)
        .schema.slice(1)
        .map(({name}) => name),
    ).toEqual(Object.keys(resultTables.radii.columns));
  });

  it.each([
    [
      ['--table', 'weights'],
      /'--table <name>' argument 'weights' is invalid\. Allowed choices are runs, curves, radii/,
    ],
    [[], /required option '--table <name>' not specified/],
    [
      ['--table', 'runs', '--format', 'xlsx'],
      /argument 'xlsx' is invalid\. Allowed choices are csv, parquet, jsonl/,
    ],
    [
      ['--table', 'runs', '--out', 'runs.xlsx'],
      /runs\.xlsx ends in none of csv, parquet, jsonl; say with --format/,
    ],
    [
      ['--table', 'runs', '--experiment', 'moons'],
      /no results of "moons" in .*; make them with "minefield run"/,
    ],
    [['--table', 'runs', '--experiment', '../x'], /Expected lower-case letters, digits and single hyphens/],
    [['--table', 'runs', '--results', 'nowhere'], /no experiment in .*nowhere; name the folder/],
    [['--table', 'runs', '--json'], /--json and the table would both go to standard output; name a file/],
    [
      ['--table', 'runs', '--out', '/dev/null/x.csv'],
      /cannot write .* a file stands where a folder should be/,
    ],
  ])('refuses %j', async (flags, says) => {
    const {code, out, notes} = await exported(...flags);
    expect(notes).toMatch(says);
    expect({code, out}).toEqual({code: 2, out: ''});
  });

  it('names a damaged record, and leaves no file', async () => {
    const damaged = join(folder, 'damaged');
    for (const record of syntheticSweep({seeds: [1], analyses: []}))
      await openStore(damaged).writeRecord(record);
    const [name = ''] = readdirSync(join(damaged, 'toy/run'));
    const file = join(damaged, 'toy/run', name);
    writeFileSync(file, '{');
    const out = join(folder, 'never.csv');
    const {code, notes} = await minefield('export', '--table', 'runs', '--results', damaged, '--out', out);
    expect(code).toBe(2);
    expect(notes).toContain(`${file} is no valid record`);
    expect(readdirSync(folder).filter((each) => each.includes('never'))).toEqual([]);
  });

  it('has a page that says of every column what its code says', () => {
    const page = readFileSync(new URL('../../docs/tables.md', import.meta.url), 'utf8');
    const lines = new Set(page.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim()));
    for (const line of tableLines()) expect([...lines]).toContain(line.replaceAll(/ +/g, ' ').trim());
    const columns = Object.values(resultTables).flatMap(({columns: all}) => Object.keys(all));
    expect(page.match(/^\| `/gm)).toHaveLength(columns.length);
  });
});

/** Fields of a line in which no field holds the end of a line. */
function fieldsOf(line: string): (string | null)[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare === '' ? null : (bare ?? null)) : quoted.replaceAll('""', '"'),
  );
}

function parsed(cell: string | null | undefined, type: string): unknown {
  if (cell === null || cell === undefined) return null;
  if (type === 'text') return cell;
  return type === 'boolean' ? cell === 'true' : Number(cell);
}
