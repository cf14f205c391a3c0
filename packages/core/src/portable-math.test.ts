import {expect, test} from 'vitest';
import {createGenerator} from './generator.ts';
import {cosTurns, logOfWord, portableExp, portableHypot, portableLog, sinTurns} from './portable-math.ts';

test('logOfWord agrees with Math.log to two units in the last place, at the ends of the range too', () => {
  const generator = createGenerator(1, 'words');
  const words = [0, 1, 2, 3, 0x7fffffff, 0x80000000, 0xb504f333, 0xfffffffe, 0xffffffff];
  for (let i = 0; i < 100_000; i++) words.push(generator.uint32() >>> (i % 32));
  const worst = Math.max(
    ...words.map((word) => {
      const expected = Math.log((word + 0.5) / 2 ** 32);
      return Math.abs(logOfWord(word) - expected) / Math.abs(expected);
    }),
  );
  expect(worst).toBeLessThan(2 * Number.EPSILON);
});

test('cosTurns and sinTurns are within 2e-16 of exact arithmetic on the first turn', () => {
  // The reference reduces to [0, π/4] itself, where Math.cos and Math.sin lose nothing to the argument's rounding.
  for (let i = -4096; i <= 4096; i++) {
    const turns = i / 1024;
    const eighth = ((i % 1024) + 1024) % 1024;
    const octant = Math.floor(eighth / 128);
    const rest = (octant % 2 === 0 ? eighth - 128 * octant : 128 * (octant + 1) - eighth) / 1024;
    const [c, s] = [Math.cos(2 * Math.PI * rest), Math.sin(2 * Math.PI * rest)];
    const cosine = [c, s, -s, -c, -c, -s, s, c][octant] ?? Number.NaN;
    const sine = [s, c, c, s, -s, -c, -c, -s][octant] ?? Number.NaN;
    expect(Math.abs(cosTurns(turns) - cosine)).toBeLessThan(2e-16);
    expect(Math.abs(sinTurns(turns) - sine)).toBeLessThan(2e-16);
  }
});

test('whole quarter turns are exact, however many', () => {
  for (const turns of [0, 1, -1, 5, 2 ** 40]) {
    expect([cosTurns(turns), cosTurns(turns + 0.25), cosTurns(turns + 0.5), cosTurns(turns + 0.75)]).toEqual([
      1, 0, -1, 0,
    ]);
    expect([sinTurns(turns), sinTurns(turns + 0.25), sinTurns(turns + 0.5), sinTurns(turns + 0.75)]).toEqual([
      0, 1, 0, -1,
    ]);
  }
});

test('cosTurns and sinTurns give NaN for NaN and infinity', () => {
  for (const turns of [Number.NaN, Infinity, -Infinity]) {
    expect(cosTurns(turns)).toBeNaN();
    expect(sinTurns(turns)).toBeNaN();
  }
});

/** How far apart in units in the last place of the second. */
function ulps(value: number, expected: number): number {
  return Math.abs(value - expected) / (Number.EPSILON * 2 ** Math.floor(Math.log2(Math.abs(expected))));
}

test('portableLog agrees with Math.log to two units in the last place, of every size', () => {
  const generator = createGenerator(1, 'sizes');
  const values = [1, 2, 0.5, Math.SQRT2, Math.SQRT1_2, 5e-324, 2.2250738585072014e-308, Number.MAX_VALUE];
  for (let i = 0; i < 100_000; i++) {
    values.push((1 + generator.uniform()) * 2 ** (generator.integer(2100) - 1074));
  }
  values.filter(Number.isFinite).forEach((x) => {
    if (x === 1) expect(portableLog(x)).toBe(0);
    else expect(ulps(portableLog(x), Math.log(x))).toBeLessThan(2);
  });
  expect([0, -0, -1, -Infinity, Infinity, Number.NaN].map(portableLog)).toEqual([
    -Infinity,
    -Infinity,
    Number.NaN,
    Number.NaN,
    Infinity,
    Number.NaN,
  ]);
});

test('portableExp agrees with Math.exp to two units in the last place, and ends where it does', () => {
  const generator = createGenerator(1, 'powers');
  const values = [0, -0, 1, -1, 709.782712893384, -708.39, 1e-300];
  for (let i = 0; i < 100_000; i++) values.push(generator.normal() * (i % 2 === 0 ? 1 : 200));
  values
    .filter((x) => x > -708.39)
    .forEach((x) => {
      const expected = Math.exp(x);
      if (expected === Infinity) expect(portableExp(x)).toBe(Infinity);
      else expect(ulps(portableExp(x), expected)).toBeLessThan(2);
    });
  // Subnormal numbers are multiples of the smallest, and one of these is all that is promised.
  for (const x of [-710, -720.5, -745.1332191019411]) {
    expect(Math.abs(portableExp(x) - Math.exp(x))).toBeLessThanOrEqual(5e-324);
  }
  expect([709.7827128933841, -745.1332191019413, Infinity, -Infinity, Number.NaN].map(portableExp)).toEqual([
    Infinity,
    0,
    Infinity,
    0,
    Number.NaN,
  ]);
});

test('portableHypot agrees with Math.hypot to two units in the last place, for few values and for thousands', () => {
  const generator = createGenerator(1, 'lengths');
  for (const count of [1, 2, 3, 10, 1000, 20_000]) {
    for (const scale of [1e-300, 1, 1e300]) {
      const values = Array.from({length: count}, () => scale * (generator.uniform() - 0.5));
      const expected = Math.hypot(...values);
      expect(Math.abs(portableHypot(values) - expected) / expected).toBeLessThan(2 * Number.EPSILON);
    }
  }
});

test('portableHypot takes as many values as an array holds, and loses none of the small ones', () => {
  const values = new Float64Array(2 ** 22 + 1).fill(2 ** -27);
  values[0] = 1;
  // 1 + 2²² · 2⁻⁵⁴ = 1 + 2⁻³², whose square root is 1 + 2⁻³³ to 2⁻⁶⁷.
  expect(portableHypot(values)).toBe(1 + 2 ** -33);
});

test('portableHypot is 0 of nothing and of zeros, and infinite before it is NaN', () => {
  expect([portableHypot([]), portableHypot([0, -0])]).toEqual([0, 0]);
  expect(portableHypot([Number.NaN, -Infinity])).toBe(Infinity);
  expect([portableHypot([3, Number.NaN]), portableHypot([Number.NaN])]).toEqual([Number.NaN, Number.NaN]);
});
