export interface RecordIssue {
  /** Where in the record, as in `data.curves.step[3]`; empty for the record itself. */
  readonly path: string;
  readonly message: string;
}

const shown = 20;

/** A file or value that is no record. `issues` holds every failing path; the message shows the first of them. */
export class InvalidRecordError extends Error {
  override readonly name: string = 'InvalidRecordError';
  /** The file, or whatever else the record came from. */
  readonly source: string;
  readonly issues: readonly RecordIssue[];

  constructor(source: string, issues: readonly RecordIssue[]) {
    super(messageOf(source, issues));
    this.source = source;
    this.issues = issues;
  }
}

/** A record that a later version wrote: whole, but not for this one to read. */
export class NewerRecordError extends InvalidRecordError {
  override readonly name = 'NewerRecordError';
}

function messageOf(source: string, issues: readonly RecordIssue[]): string {
  const lines = issues
    .slice(0, shown)
    .map(({path, message}) => (path === '' ? message : `${path}: ${message}`));
  const rest = issues.length > shown ? [`and ${issues.length - shown} more`] : [];
  const [first = 'unknown fault', ...others] = [...lines, ...rest];
  if (others.length === 0) return `${source} is no valid record: ${first}`;
  return [`${source} is no valid record:`, ...[first, ...others].map((line) => `  ${line}`)].join('\n');
}
