/** Transforms a sequence in place, given its real and imaginary parts. */
export type Transform = (re: Float64Array, im: Float64Array) => void;

/**
 * The discrete Fourier transform of sequences of length n, X_k = Σ_j x_j exp(−2πi jk/n), in O(n log n) for any n. Its inverse,
 * times n, is the same transform with real and imaginary parts exchanged.
 */
export function fourierTransform(n: number): Transform {
  return (n & (n - 1)) === 0 ? powerOfTwo(n) : anyLength(n);
}

/** Cooley and Tukey's: halves of even and of odd places, bottom up. */
function powerOfTwo(n: number): Transform {
  const cosines = Float64Array.from({length: n / 2}, (_, k) => Math.cos((2 * Math.PI * k) / n));
  const sines = Float64Array.from({length: n / 2}, (_, k) => -Math.sin((2 * Math.PI * k) / n));
  return (re, im) => {
    reverseBits(re);
    reverseBits(im);
    for (let half = 1; half < n; half *= 2) {
      const turn = n / (2 * half);
      for (let start = 0; start < n; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const even = start + k;
          const odd = even + half;
          const c = cosines[k * turn] ?? 0;
          const s = sines[k * turn] ?? 0;
          const x = re[odd] ?? 0;
          const y = im[odd] ?? 0;
          const a = c * x - s * y;
          const b = c * y + s * x;
          const u = re[even] ?? 0;
          const v = im[even] ?? 0;
          re[even] = u + a;
          im[even] = v + b;
          re[odd] = u - a;
          im[odd] = v - b;
        }
      }
    }
  };
}

/** Moves each value to the place whose number has the same bits in reverse. */
function reverseBits(values: Float64Array): void {
  const n = values.length;
  let j = 0;
  for (let i = 1; i < n; i++) {
    let bit = n >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const value = values[i] ?? 0;
    values[i] = values[j] ?? 0;
    values[j] = value;
  }
}

/** Bluestein's: as jk = (j² + k² − (k − j)²) / 2, a convolution with a chirp, by transforms of a power of two. */
function anyLength(n: number): Transform {
  const size = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const transform = powerOfTwo(size);
  // k² modulo 2n keeps the angle small and so exact.
  const angles = Float64Array.from({length: n}, (_, k) => (Math.PI * ((k * k) % (2 * n))) / n);
  const [cosines, sines] = [angles.map(Math.cos), angles.map(Math.sin)];
  const [chirpRe, chirpIm] = [new Float64Array(size), new Float64Array(size)];
  for (let k = 0; k < n; k++) {
    for (const place of [k, (size - k) % size]) {
      chirpRe[place] = cosines[k] ?? 0;
      chirpIm[place] = sines[k] ?? 0;
    }
  }
  transform(chirpRe, chirpIm);
  return (re, im) => {
    const [x, y] = [new Float64Array(size), new Float64Array(size)];
    turnBack(re, im, cosines, sines, x, y);
    transform(x, y);
    // The product's conjugate, so that the same transform takes it back.
    for (let k = 0; k < size; k++) {
      const a = x[k] ?? 0;
      const b = y[k] ?? 0;
      const c = chirpRe[k] ?? 0;
      const d = chirpIm[k] ?? 0;
      x[k] = (a * c - b * d) / size;
      y[k] = -(a * d + b * c) / size;
    }
    transform(x, y);
    for (let k = 0; k < n; k++) y[k] = -(y[k] ?? 0);
    turnBack(x, y, cosines, sines, re, im);
  };
}

/** to = from · exp(−i·angle), for as many numbers as there are angles. */
function turnBack(
  re: Float64Array,
  im: Float64Array,
  cosines: Float64Array,
  sines: Float64Array,
  toRe: Float64Array,
  toIm: Float64Array,
): void {
  for (let k = 0; k < cosines.length; k++) {
    const x = re[k] ?? 0;
    const y = im[k] ?? 0;
    const c = cosines[k] ?? 0;
    const s = sines[k] ?? 0;
    toRe[k] = x * c + y * s;
    toIm[k] = y * c - x * s;
  }
}
