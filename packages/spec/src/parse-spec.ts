import {contradictions} from './contradictions.ts';
import {type Issue, describeIssues, issueLines} from './describe-issues.ts';
import {type ExperimentSpec, experimentSpecSchema} from './experiment-spec.ts';

/** A value that is no experiment spec; the message names every failing key. */
export class InvalidSpecError extends RangeError {
  override readonly name: string = 'InvalidSpecError';
  readonly issues: readonly Issue[];

  constructor(source: string, issues: readonly Issue[]) {
    super(
      `spec.parseSpec: expected an experiment spec in ${source}, got ${issues.length} ` +
        `${issues.length === 1 ? 'problem' : 'problems'}:\n  ${issueLines(issues).join('\n  ')}`,
    );
    this.issues = issues;
  }
}

/**
 * Checks a value read from a spec file: its form, and whether its parts go together.
 *
 * @param source where it came from, for the error
 * @throws {InvalidSpecError} naming every failing key
 */
export function parseSpec(value: unknown, source: string): ExperimentSpec {
  const result = experimentSpecSchema.safeParse(value);
  if (!result.success) throw new InvalidSpecError(source, describeIssues(result.error, value));
  const issues = contradictions(result.data);
  if (issues.length > 0) throw new InvalidSpecError(source, issues);
  return result.data;
}
