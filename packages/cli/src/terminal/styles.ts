import {randomInt} from 'node:crypto';
import {styleText} from 'node:util';
import {printable} from './printable.ts';

export type Colour = 'red' | 'green' | 'yellow' | 'dim' | 'bold';

/** Colours of our own, which stay when everything else that steers a terminal is written out. */
export interface Styles {
  /** Coloured for the stream, unless that is no terminal or `NO_COLOR` is set. */
  style(colour: Colour, text: string, stream: NodeJS.WriteStream): string;
  /** What may be written: the codes of {@link Styles.style}, and any other text made {@link printable}. */
  finished(text: string): string;
}

/**
 * Our codes carry a number that nobody else can know until they are written, so that a code which came with a text is told
 * from them. They take no columns until then either.
 */
export function styles(): Styles {
  const secret = `${randomInt(1000, 10_000)};${randomInt(1000, 10_000)};${randomInt(1000, 10_000)};`;
  return {
    style: (colour, text, stream) => {
      const [open = '', close = ''] = styleText(colour, '\0', {stream, validateStream: true}).split('\0');
      return mark(open) + text + mark(close);
    },
    finished: (text) =>
      text
        .split(`\u001b[${secret}`)
        .map((part, i) => {
          const end = i === 0 ? 0 : part.indexOf('m') + 1;
          return (i === 0 ? '' : `\u001b[${part.slice(0, end)}`) + printable(part.slice(end));
        })
        .join(''),
  };

  function mark(code: string): string {
    return code.replace('\u001b[', `\u001b[${secret}`);
  }
}
