import type {Verdict} from './fuzz.ts';

type ErrorClass = abstract new (...args: never[]) => Error;

/** What a sentence must not hold, and why. */
const UNREADABLE: readonly (readonly [RegExp, string])[] = [
  [/(?!\n)[\p{Cc}\p{Bidi_Control}]/u, 'control characters'],
  [/"code":\s*"|^\s*\[\s*\{/m, 'raw issues of a schema'],
  [
    /Maximum call stack|Cannot read properties|is not (?:a function|iterable)|\[object Object\]/,
    'the words of a crash',
  ],
];

/** Of an error's message: twenty lines of issues, each of a few hundred characters, and what stands around them. */
const MOST_LINES = 25;
const MOST_CHARACTERS = 12_000;

/** A refusal in the reader's own words, that a person can read; anything else is a fault. */
export function refusal(error: unknown, own: readonly ErrorClass[]): Verdict {
  if (!(error instanceof Error) || !own.some((each) => error instanceof each)) {
    return {fault: error instanceof Error ? (error.stack ?? error.message) : String(error)};
  }
  const reason = unreadable(error.message);
  return reason === null
    ? 'refused'
    : {fault: `${reason} in: ${JSON.stringify(error.message.slice(0, 500))}`};
}

/** Why a message is nothing to show to a person; null where it is. */
export function unreadable(message: string): string | null {
  if (message.length > MOST_CHARACTERS) return `${message.length} characters`;
  const lines = message.split('\n').length;
  if (lines > MOST_LINES) return `${lines} lines`;
  return UNREADABLE.find(([pattern]) => pattern.test(message))?.[1] ?? null;
}
