import {describe, expect, it} from 'vitest';
import {palette, poisonColour} from './palette.ts';

type Rgb = readonly [number, number, number];

/** Linear light, 0 to 1. */
function linear(colour: string): Rgb {
  const channel = (start: number): number => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2 contrast. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [a, b].map((colour) => luminance(linear(colour))).toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira & Fernandes 2009, severity 1, on linear light. */
const deficiencies: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seenWith(matrix: readonly Rgb[], colour: Rgb): Rgb {
  const [r, g, b] = matrix.map((row) =>
    Math.min(1, Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2])),
  );
  return [r ?? 0, g ?? 0, b ?? 0];
}

/** Distance in CIE Lab (1976), D65. */
function difference(first: Rgb, second: Rgb): number {
  const lab = ([r, g, b]: Rgb): number[] => {
    const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27) * (t / 116) + 16 / 116);
    const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
  const [p, q] = [lab(first), lab(second)];
  return Math.hypot(...p.map((value, i) => value - (q[i] ?? 0)));
}

const marks = [palette.clean, palette.poisoned, palette.between, ...palette.classes, palette.error];
const pairs = [
  [palette.clean, palette.poisoned],
  [palette.classes[0], palette.classes[1]],
] as const;

describe('palette', () => {
  it.each(marks)('%s stands out from a white page and from a dark one by 3 : 1', (colour) => {
    expect(contrast(colour, '#ffffff')).toBeGreaterThanOrEqual(3);
    expect(contrast(colour, '#15181c')).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.keys(deficiencies))('keeps the pairs of a figure apart for %s sight', (sight) => {
    for (const [a, b] of pairs) {
      const matrix = deficiencies[sight] ?? [];
      expect(difference(seenWith(matrix, linear(a)), seenWith(matrix, linear(b)))).toBeGreaterThan(25);
    }
  });

  it('rises in lightness with the loss, so that it reads in grey too', () => {
    const lightness = palette.loss.map((colour) => luminance(linear(colour)));
    expect(lightness).toEqual(lightness.toSorted((a, b) => a - b));
  });
});

describe('poisonColour', () => {
  it('runs from clean to poisoned', () => {
    expect([0, 0.5, 1].map(poisonColour)).toEqual([palette.clean, palette.between, palette.poisoned]);
    expect([-1, 2].map(poisonColour)).toEqual([palette.clean, palette.poisoned]);
  });
});
