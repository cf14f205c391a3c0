/** Control characters, line feeds among them, marks of writing direction, and halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}\p{Surrogate}\u2028\u2029]/gu;

/**
 * The beginning of a text of unknown origin as a message may show it: on one line, with whatever steers a terminal or turns the order
 * of letters written out, as in `\u001b[31m`.
 *
 * @param longest UTF-16 units of the text; where there are more, an ellipsis follows
 */
export function printable(text: string, longest: number): string {
  const line = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return line.replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
