/** Whether a file that begins with this text is a web page: a mark of the byte order and white space may come first. */
export function beginsLikeWebPage(text: string): boolean {
  return /^(?:\u00ef\u00bb\u00bf)?\s*</.test(text);
}
