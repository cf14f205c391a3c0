"""Holds exported tables against one another as pandas (pyarrow) and DuckDB read them.

    minefield export --table runs --out tables/runs.csv    # and .parquet, .jsonl, of each table
    python3 read-tables.py tables                          # needs duckdb, pandas and pyarrow

Every cell of JSON Lines, read by Python's own json, must be the same cell of Parquet and of CSV, floats to the last bit.
"""

import json
import struct
import sys
from pathlib import Path

import duckdb
import pandas
import pyarrow
import pyarrow.parquet


def bits(cell):
    """A cell that equals another only where all 64 bits do."""
    if cell is None or cell is pandas.NA or cell != cell:
        return None
    if isinstance(cell, bool) or isinstance(cell, str):
        return cell
    return struct.pack("<d", float(cell)).hex()


def rows_of(records, columns):
    return [tuple(bits(row[name]) for name in columns) for row in records]


# The default of pandas before 3 is a last digit off, now and then.
precision = {} if int(pandas.__version__.split(".")[0]) >= 3 else {"float_precision": "round_trip"}
folder = Path(sys.argv[1])
duck = duckdb.connect()
for parquet in sorted(folder.glob("*.parquet")):
    truth = [json.loads(line) for line in parquet.with_suffix(".jsonl").open()]
    schema = pyarrow.parquet.read_schema(parquet)
    columns = schema.names
    expected = rows_of(truth, columns)
    text = {name: str for name in columns if schema.field(name).type == pyarrow.string()}
    csv = parquet.with_suffix(".csv")
    frame = pandas.read_csv(csv, dtype=text, keep_default_na=False, na_values=[""], **precision)
    readings = {
        "pyarrow, parquet": pyarrow.parquet.read_table(parquet).to_pylist(),
        "pandas, csv": frame.astype(object).to_dict("records"),
        "duckdb, parquet": duck.sql(f"from read_parquet('{parquet}')").to_arrow_table().to_pylist(),
        "duckdb, csv": duck.sql(f"from read_csv('{csv}', sample_size=-1)").to_arrow_table().to_pylist(),
    }
    for reader, records in readings.items():
        found = rows_of(records, columns)
        wrong = next((i for i, pair in enumerate(zip(found, expected)) if pair[0] != pair[1]), None)
        if len(found) != len(expected) or wrong is not None:
            sys.exit(f"{parquet.stem}, {reader}: {len(found)} of {len(expected)} rows, first difference in row {wrong}")
    print(f"{parquet.stem}: {len(expected)} rows × {len(columns)} columns agree in {'; '.join(readings)}")
