import {type Issue, issueLines} from '@minefield/spec';

/** A file or value that is no record. `issues` holds every failing path; the message shows the first of them. */
export class InvalidRecordError extends Error {
  override readonly name: string = 'InvalidRecordError';
  /** The file, or whatever else the record came from. */
  readonly source: string;
  readonly issues: readonly Issue[];

  constructor(source: string, issues: readonly Issue[]) {
    super(messageOf(source, issues));
    this.source = source;
    this.issues = issues;
  }
}

/** A record that a later version wrote: whole, but not for this one to read. */
export class NewerRecordError extends InvalidRecordError {
  override readonly name = 'NewerRecordError';
}

function messageOf(source: string, issues: readonly Issue[]): string {
  const [first = 'unknown fault', ...others] = issueLines(issues);
  if (others.length === 0) return `${source} is no valid record: ${first}`;
  return [`${source} is no valid record:`, ...[first, ...others].map((line) => `  ${line}`)].join('\n');
}
