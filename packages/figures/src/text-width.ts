import * as vega from 'vega';

interface TextItem {
  readonly font?: string;
  readonly fontSize?: number;
  readonly fontStyle?: string;
  readonly fontWeight?: number | string;
}

/** Width of a text in CSS pixels. @param font as CSS has it: `600 12px sans-serif` */
export type TextWidth = (text: string, font: string) => number;

interface TextMetrics {
  width: (item: TextItem, text: unknown) => number;
}

/** Vega's hook for measuring text, which its types leave out. */
const {textMetrics} = vega as unknown as {readonly textMetrics: TextMetrics};

/**
 * Lays out text without a canvas by the widths of a common, rather wide sans-serif: Vega's own guess there, 0.8 em for
 * every character, is a third wider than that. `layOut` must be synchronous; the hook is put back after it.
 *
 * @param measure where there is a canvas to measure with
 */
export function withTextWidths(layOut: () => void, measure?: TextWidth): void {
  const original = textMetrics.width;
  textMetrics.width = (item, text) => {
    const {font = 'sans-serif', fontSize = 11, fontStyle = '', fontWeight = ''} = item;
    return measure === undefined
      ? fontSize * ems(String(text))
      : measure(String(text), `${fontStyle} ${fontWeight} ${fontSize}px ${font}`.trim());
  };
  try {
    layOut();
  } finally {
    textMetrics.width = original;
  }
}

function ems(text: string): number {
  let sum = 0;
  for (const character of text) {
    if (/[ijl.,:;'|!()[\] ]/.test(character)) sum += 0.32;
    else if (/[A-Zmw%=−–—]/.test(character)) sum += 0.8;
    else sum += 0.6;
  }
  return sum;
}
