import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {filtersOf, parameterLayout, sliceView} from './parameter-layout.ts';

/** Row-major strides of `shape`. */
function strides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
}

test('slices follow one another in the order given', () => {
  const layout = parameterLayout([
    {name: 'a/kernel', shape: [2, 3], role: 'kernel'},
    {name: 'a/bias', shape: [3], role: 'bias'},
    {name: 'temperature', shape: [], role: 'scale'},
    {name: 'b/kernel', shape: [3, 3, 3, 4], role: 'kernel'},
  ]);
  expect(layout.dimension).toBe(6 + 3 + 1 + 108);
  expect(layout.slices.map(({name, offset, size}) => [name, offset, size])).toEqual([
    ['a/kernel', 0, 6],
    ['a/bias', 6, 3],
    ['temperature', 9, 1],
    ['b/kernel', 10, 108],
  ]);
});

test('sliceView is a window onto the vector, not a copy', () => {
  const layout = parameterLayout([
    {name: 'kernel', shape: [2, 1], role: 'kernel'},
    {name: 'bias', shape: [1], role: 'bias'},
  ]);
  const theta = Float32Array.of(1, 2, 3);
  const [kernel, bias] = layout.slices.map((slice) => sliceView(theta, slice));
  expect([kernel, bias]).toEqual([Float32Array.of(1, 2), Float32Array.of(3)]);
  theta[2] = 7;
  expect(bias?.[0]).toBe(7);
});

test('filters of a dense kernel are its columns', () => {
  const layout = parameterLayout([
    {name: 'bias before', shape: [5], role: 'bias'},
    {name: 'kernel', shape: [3, 2], role: 'kernel'},
  ]);
  expect(filtersOf(layout).map(({index, entries}) => [index, [...entries]])).toEqual([
    [0, [5, 7, 9]],
    [1, [6, 8, 10]],
  ]);
});

test('filters hold exactly the entries that share an index on the filter axis, for any kernel and axis', () => {
  const kernel = fc.array(fc.integer({min: 1, max: 4}), {minLength: 1, maxLength: 4}).chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      filterAxis: fc.nat({max: shape.length - 1}),
      before: fc.integer({min: 1, max: 5}),
    }),
  );
  fc.assert(
    fc.property(kernel, ({shape, filterAxis, before}) => {
      const layout = parameterLayout([
        {name: 'bias', shape: [before], role: 'bias'},
        {name: 'kernel', shape, role: 'kernel', filterAxis},
      ]);
      const expected = Array.from({length: shape[filterAxis] ?? 0}, (): number[] => []);
      const step = strides(shape);
      for (let flat = 0; flat < layout.dimension - before; flat++) {
        const index = Math.floor(flat / (step[filterAxis] ?? 1)) % (shape[filterAxis] ?? 1);
        expected[index]?.push(before + flat);
      }
      expect(filtersOf(layout).map(({entries}) => [...entries])).toEqual(expected);
    }),
  );
});

test('the default filter axis is the last: [height, width, in, out] has one filter for each output', () => {
  const shape = [3, 3, 2, 4];
  const byDefault = filtersOf(parameterLayout([{name: 'k', shape, role: 'kernel'}]));
  const named = filtersOf(parameterLayout([{name: 'k', shape, role: 'kernel', filterAxis: 3}]));
  expect(byDefault.map(({entries}) => entries)).toEqual(named.map(({entries}) => entries));
  expect(byDefault.map(({entries}) => entries.length)).toEqual([18, 18, 18, 18]);
});

test('biases, scales and shifts have no filters', () => {
  const roles = ['bias', 'scale', 'shift'] as const;
  expect(filtersOf(parameterLayout(roles.map((role) => ({name: role, shape: [4], role}))))).toEqual([]);
});

test.each([
  [
    'a name given twice',
    [
      {name: 'k', shape: [1]},
      {name: 'k', shape: [2]},
    ],
    /unique names, got "k" twice/,
  ],
  ['an empty axis', [{name: 'k', shape: [2, 0]}], /positive integer sizes, got \[2,0\] for "k"/],
  ['a fractional size', [{name: 'k', shape: [1.5]}], /positive integer sizes/],
  [
    'a filter axis beyond the shape',
    [{name: 'k', shape: [2, 3], filterAxis: 2}],
    /filter axis of \[2,3\], got 2/,
  ],
  ['a kernel without axes', [{name: 'k', shape: []}], /filter axis of \[\], got -1/],
])('parameterLayout refuses %s', (_, specs, message) => {
  expect(() => parameterLayout(specs.map((spec) => ({...spec, role: 'kernel'})))).toThrow(message);
});

test('parameterLayout refuses a misspelt role, which would have no filters', () => {
  const role = 'kernels' as 'kernel';
  expect(() => parameterLayout([{name: 'k', shape: [2, 3], role}])).toThrow(
    /^core\.parameterLayout: expected the role of "k" among kernel, bias, scale, shift, got "kernels"; did you mean "kernel"/,
  );
});

test('sliceView refuses a vector that ends before the slice does, and one of plain numbers', () => {
  const {slices} = parameterLayout([{name: 'b', shape: [3], role: 'bias'}]);
  for (const theta of [new Float32Array(2), [1, 2, 3] as unknown as Float32Array]) {
    for (const slice of slices) {
      expect(() => sliceView(theta, slice)).toThrow(/^core\.sliceView: expected .* for "b", got /);
    }
  }
});
