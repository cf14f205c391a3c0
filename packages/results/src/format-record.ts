import type {ResultRecord} from './record.ts';

/**
 * The text of a record's file: indented JSON with each list of scalars on one line, and a final newline. The same
 * record always gives the same bytes, and reading it back gives every number exactly (save that −0 becomes 0).
 */
export function formatRecord(record: ResultRecord): string {
  return formatJson(record);
}

/** As {@link formatRecord}, of the JSON that a record is to be read from, whatever its version. */
export function formatJson(value: unknown): string {
  return `${format(value, '')}\n`;
}

function format(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (!value.some((item) => typeof item === 'object' && item !== null)) return JSON.stringify(value);
    return block(
      '[',
      ']',
      value.map((item) => format(item, deeper)),
      indent,
    );
  }
  const lines = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${format(item, deeper)}`);
  return lines.length === 0 ? '{}' : block('{', '}', lines, indent);
}

function block(open: string, close: string, lines: readonly string[], indent: string): string {
  return `${open}\n${lines.map((line) => `${indent}  ${line}`).join(',\n')}\n${indent}${close}`;
}
