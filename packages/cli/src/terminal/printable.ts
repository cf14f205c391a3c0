/**
 * What moves the cursor, changes colours, titles or the clipboard, or turns the order of letters: the control characters
 * but for tab and line feed, and the marks of writing direction.
 */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

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
