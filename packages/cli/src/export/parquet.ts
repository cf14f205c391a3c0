import type {Cell, ResultTable, TableColumn, TableRow} from '@minefield/results';
import type {ParquetWriter} from 'hyparquet-writer';

/** Rows that are held until they are written; a record may add its own to them. */
const GROUP_ROWS = 50_000;

const TYPES = {text: 'STRING', integer: 'INT64', number: 'DOUBLE', boolean: 'BOOLEAN'} as const;

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema'];

/** Apache Parquet: float64, int64, UTF-8 and booleans, compressed with Snappy; columns that may be null are optional. */
export async function* parquet(
  {columns}: ResultTable,
  batches: AsyncIterable<readonly TableRow[]>,
): AsyncGenerator<Uint8Array> {
  const {ByteWriter, ParquetWriter, schemaFromColumnData} = await import('hyparquet-writer');
  const dataOf = (rows: readonly TableRow[]): ColumnData[] =>
    Object.entries(columns).map(([name, column]) => ({
      name,
      type: TYPES[column.type],
      nullable: column.missing !== undefined,
      data: rows.map((row) => valueOf(row[name] ?? null, column)),
    }));
  const bytes = new ByteWriter();
  const schema: Schema = schemaFromColumnData({columnData: dataOf([])});
  const writer = new ParquetWriter({writer: bytes, schema, createdBy: 'minefield'});
  const written = (): Uint8Array => {
    const copy = bytes.getBytes().slice();
    bytes.index = 0;
    return copy;
  };
  let held: TableRow[] = [];
  const writeGroup = async (): Promise<Uint8Array> => {
    await writer.write({columnData: dataOf(held), rowGroupSize: held.length});
    held = [];
    return written();
  };
  for await (const rows of batches) {
    for (const row of rows) held.push(row);
    if (held.length >= GROUP_ROWS) yield await writeGroup();
  }
  if (held.length > 0) yield await writeGroup();
  await writer.finish();
  yield written();
}

interface ColumnData {
  readonly name: string;
  readonly type: (typeof TYPES)[TableColumn['type']];
  readonly nullable: boolean;
  readonly data: (Cell | bigint)[];
}

function valueOf(cell: Cell, {type}: TableColumn): Cell | bigint {
  return type === 'integer' && typeof cell === 'number' ? BigInt(cell) : cell;
}
