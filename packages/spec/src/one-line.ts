/** Longest line of a message: the names of all analyses fit, a key of a megabyte does not. */
const LONGEST = 400;

/** Control characters, line feeds among them, marks of writing direction, and halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}\p{Surrogate}\u2028\u2029]/gu;

/** A text of unknown origin as one line of a message: controls are written out, as in `\u001b[31m`, and its end is left out where it is long. */
export function oneLine(text: string): string {
  const line = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  return line.replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
