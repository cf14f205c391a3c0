/**
 * Logarithm, exponential, cosine, sine and length from additions, multiplications, divisions and square roots alone.
 * ECMAScript leaves the last bits of `Math.log`, `Math.exp`, `Math.cos`, `Math.sin` and `Math.hypot` to the engine; neither a
 * random draw nor a committed number may differ between two of them. What random draws are made of has no branch that
 * depends on the data: on random arguments it would be mispredicted.
 *
 * Polynomials: fdlibm's `__ieee754_log`, `__ieee754_exp`, `__kernel_cos` and `__kernel_sin` (Sun Microsystems, 1993).
 */

const LN2_HIGH = 6.9314718036912382e-1;
const LN2_LOW = 1.9082149292705877e-10;

/** 2^−e at index e + 1, for e = −1 .. 31. */
const INVERSE_POWERS = Float64Array.from({length: 33}, (_, i) => 2 ** (1 - i));

/** log((word + ½) / 2³²) for an unsigned 32-bit word: the logarithm of a uniform draw on (0, 1). */
export function logOfWord(word: number): number {
  const exponent = word === 0 ? -1 : 31 - Math.clz32(word);
  const scaled = (word + 0.5) * (INVERSE_POWERS[exponent + 1] ?? 0);
  // The mantissa goes from [1, 2) to [√½, √2), where the polynomial holds.
  const carry = Math.trunc(scaled * Math.SQRT1_2);
  return logKernel(scaled * (1 - 0.5 * carry) - 1, exponent - 32 + carry);
}

/** log((1 + f) · 2^power) for 1 + f in [√½, √2). */
function logKernel(f: number, power: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const even =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return power * LN2_HIGH - (half - (s * (half + odd + even) + power * LN2_LOW) - f);
}

/** A double as its bits, the same way round on every machine. */
const bits = new DataView(new ArrayBuffer(8));

/** log x, within two units in the last place; −∞ at 0, NaN below. */
export function portableLog(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  // A subnormal has no exponent of its own; 2⁵⁴ times as much has.
  const isSubnormal = x < 2.2250738585072014e-308;
  bits.setFloat64(0, isSubnormal ? x * 18014398509481984 : x);
  const high = bits.getUint32(0);
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  const mantissa = bits.getFloat64(0);
  const carry = mantissa >= Math.SQRT2 ? 1 : 0;
  const power = (high >>> 20) - 1023 + carry - (isSubnormal ? 54 : 0);
  return logKernel(mantissa * (1 - 0.5 * carry) - 1, power);
}

/** exp x, within a unit in the last place where it is no subnormal number; 0 where it is below them, ∞ where it is above all. */
export function portableExp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const power = Math.round(x * Math.LOG2E);
  const high = x - power * LN2_HIGH;
  const low = power * LN2_LOW;
  const r = high - low;
  const z = r * r;
  const tail =
    1.6666666666666602e-1 +
    z *
      (-2.7777777777015593e-3 +
        z * (6.613756321437934e-5 + z * (-1.6533902205465252e-6 + z * 4.1381367970572385e-8)));
  const c = r - z * tail;
  const mantissa = 1 - (low - (r * c) / (2 - c) - high);
  // In two halves: 2^power itself may lie beyond the largest double, or below the smallest.
  const half = power >> 1;
  return mantissa * powerOfTwo(half) * powerOfTwo(power - half);
}

/** 2^e for −1022 <= e <= 1023. */
function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** Cosine of 0, 1, 2 and 3 quarter turns, and their sine. */
const QUARTER_COSINE = Float64Array.of(1, 0, -1, 0);
const QUARTER_SINE = Float64Array.of(0, 1, 0, -1);

/** cos(2π · turns) for |turns| < 2⁵¹; NaN for NaN and infinity. */
export function cosTurns(turns: number): number {
  const quarters = Math.round(turns * 4);
  const angle = (turns - quarters * 0.25) * (2 * Math.PI);
  const quadrant = quarters & 3;
  return (
    cosKernel(angle) * (QUARTER_COSINE[quadrant] ?? 0) - sinKernel(angle) * (QUARTER_SINE[quadrant] ?? 0)
  );
}

/** sin(2π · turns) for |turns| < 2⁵¹; NaN for NaN and infinity. */
export function sinTurns(turns: number): number {
  const quarters = Math.round(turns * 4);
  const angle = (turns - quarters * 0.25) * (2 * Math.PI);
  const quadrant = quarters & 3;
  return (
    sinKernel(angle) * (QUARTER_COSINE[quadrant] ?? 0) + cosKernel(angle) * (QUARTER_SINE[quadrant] ?? 0)
  );
}

/**
 * √Σ xᵢ², within two units in the last place however many they are. Summed as shares of the largest, so that squares neither
 * overflow nor vanish; 0 of none, ∞ where one of them is infinite, and else NaN where one of them is NaN.
 */
export function portableHypot(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] ?? Number.NaN);
    if (size > largest) largest = size;
  }
  if (largest === Infinity) return Infinity;
  const unit = largest === 0 ? 1 : largest;
  // Kahan's sum: what an addition loses comes into the next.
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const share = Math.abs(values[i] ?? Number.NaN) / unit;
    const summand = share * share - lost;
    const next = sum + summand;
    lost = next - sum - summand;
    sum = next;
  }
  return Math.sqrt(sum) * unit;
}

/** cos x on [−π/4, π/4]. */
function cosKernel(x: number): number {
  const z = x * x;
  const high =
    2.480158728947673e-5 +
    z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 - z * 1.1359647557788195e-11));
  const tail = z * (4.1666666666666602e-2 + z * (-1.388888888887411e-3 + z * high));
  return 1 - (0.5 * z - z * tail);
}

/** sin x on [−π/4, π/4]. */
function sinKernel(x: number): number {
  const z = x * x;
  const high = 2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10);
  const tail = 8.33333333332249e-3 + z * (-1.984126982985795e-4 + z * high);
  return x + z * x * (-1.6666666666666632e-1 + z * tail);
}
