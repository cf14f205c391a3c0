/**
 * What moves the cursor, changes colours, titles or the clipboard, or turns the order of letters: the control characters
 * but for tab and line feed, and the marks of writing direction.
 */
const CONTROL = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu;

/**
 * A text in which controls are written out, as in `\x1b[31m`: what comes from files, other machines and the network must not
 * steer the terminal that it is shown on. Those that JSON leaves as they are come out as JSON escapes them, so that a
 * document still says the same.
 */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
