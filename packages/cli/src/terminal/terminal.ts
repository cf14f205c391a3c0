import {printable} from './printable.ts';
import {type Colour, styles} from './styles.ts';
import {visibleLength, wrap} from './wrap.ts';

export type {Colour} from './styles.ts';

/**
 * The two streams that a command speaks to: results on standard output, everything else on standard error. Whatever is
 * written may hold foreign text: it cannot steer the terminal.
 */
export interface Terminal {
  /** A line of the result. */
  print(line: string): void;
  /**
   * A part of a result that is not made of lines for a person: as it is, but for text on a terminal. Resolves once the stream
   * takes more, so that a slow reader slows down who writes.
   */
  write(part: string | Uint8Array): Promise<void>;
  /** The whole of what there is to see: takes the place of the last one on a terminal, and follows it elsewhere. */
  page(text: string): void;
  /** A line for the person who watches, or several; broken between words where it is longer than the terminal is wide. */
  note(text: string): void;
  /** Text for the bottom line of the terminal, replacing what stood there; null removes it. Ignored elsewhere. */
  status(line: string | null): void;
  /** Whether nobody takes the result any more, as far as the last write told. */
  readonly gone: boolean;
  /** Whether a person watches: standard error is a terminal. */
  readonly interactive: boolean;
  /** Whether a person sees the result as it is written. */
  readonly outputIsTerminal: boolean;
  /** Columns of the result. */
  readonly columns: number;
  /** Columns of the status line. */
  readonly statusColumns: number;
  /** Coloured for the stream that it goes to, unless that is no terminal or `NO_COLOR` is set. */
  style(colour: Colour, text: string, stream?: 'out' | 'notes'): string;
}

const CLEAR_LINE = '\r\u001b[K';
const CLEAR_SCREEN = '\u001b[H\u001b[J';

export function terminal(out: NodeJS.WriteStream, notes: NodeJS.WriteStream): Terminal {
  const interactive = notes.isTTY === true;
  let status: string | null = null;
  let gone = false;
  const {style, finished} = styles();
  const clear = (): void => {
    if (status !== null) notes.write(CLEAR_LINE);
  };
  const redraw = (): void => {
    if (status !== null) notes.write(status);
  };
  const print = (before: string, line: string): void => {
    clear();
    out.write(`${before}${finished(line)}\n`, (error) => {
      gone ||= error !== null && error !== undefined;
    });
    redraw();
  };
  return {
    print: (line) => print('', line),
    write: (part) =>
      new Promise((resolve) => {
        const shown = typeof part === 'string' && out.isTTY ? printable(part) : part;
        const more = out.write(shown, (error) => {
          gone ||= error !== null && error !== undefined;
          resolve();
        });
        if (more) resolve();
      }),
    page: (text) => print(out.isTTY ? CLEAR_SCREEN : '', text),
    note(text) {
      clear();
      const lines = interactive ? text.split('\n').flatMap((line) => fitted(line, notes.columns)) : [text];
      notes.write(`${finished(lines.join('\n'))}\n`);
      redraw();
    },
    status(line) {
      if (!interactive) return;
      clear();
      status = line === null ? null : finished(line);
      redraw();
    },
    interactive,
    outputIsTerminal: out.isTTY === true,
    get gone() {
      return gone;
    },
    get columns() {
      return out.isTTY ? out.columns : 100;
    },
    get statusColumns() {
      return interactive ? notes.columns : 100;
    },
    style: (colour, text, stream = 'notes') => style(colour, text, stream === 'out' ? out : notes),
  };
}

/** Indented lines, such as those of a stack or of help, stay as they are. */
function fitted(line: string, columns: number): string[] {
  return visibleLength(line) <= columns || /^\s/.test(line) ? [line] : wrap(line, columns);
}
