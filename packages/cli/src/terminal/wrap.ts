import {stripVTControlCharacters} from 'node:util';

/** Breaks text into lines of at most `width` characters, between words where it can. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && visibleLength(line) + 1 + visibleLength(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Columns that a text takes, without the codes of its colours. */
export function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}
