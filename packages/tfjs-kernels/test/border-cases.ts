import * as fc from 'fast-check';

/** What convolutions take for their border. */
export type Pad = 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]];

const border = fc.tuple(fc.integer({min: 0, max: 3}), fc.integer({min: 0, max: 3}));

/** Borders of every kind, of up to three pixels a side. */
export const pads: fc.Arbitrary<Pad> = fc.oneof(
  fc.constantFrom('same' as const, 'valid' as const, 0, 1, 2),
  fc.tuple(border, border).map(([rows, columns]): Pad => [[0, 0], rows, columns, [0, 0]]),
);
