/**
 * Logarithm, cosine and sine from additions, multiplications and divisions alone. ECMAScript leaves the last bits of
 * `Math.log`, `Math.cos` and `Math.sin` to the engine; a random draw must not differ between two of them, because
 * training amplifies the last bit. No branch depends on the data: on random arguments it would be mispredicted.
 *
 * Polynomials: fdlibm's `__ieee754_log`, `__kernel_cos` and `__kernel_sin` (Sun Microsystems, 1993).
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
  const power = exponent - 32 + carry;
  const f = scaled * (1 - 0.5 * carry) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const even =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return power * LN2_HIGH - (half - (s * (half + odd + even) + power * LN2_LOW) - f);
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
