export interface RadialMass {
  /** n. */
  readonly dimension: number;
  /** Upper end of the integral; may be Infinity. */
  readonly radius: number;
  /** σ of the prior. */
  readonly deviation: number;
  /** |θ₀|² over the parameters that move. */
  readonly anchorSquared: number;
  /** θ₀ · v for the ray v. */
  readonly along: number;
  /** |v|². */
  readonly raySquared: number;
}

/** What lies this many nats below the largest value of the integrand is left out: less than 1e-16 of the whole. */
const DEPTH = 40;
/** Even, for Simpson's rule; resolves DEPTH nats of a log-concave integrand to about 1e-5. */
const INTERVALS = 256;

/**
 * log ∫₀^r t^(n−1) N(θ₀ + t v; 0, σ²) dt, the density being n-dimensional.
 *
 * The integrand is log-concave, so it has one peak, known in closed form, and one interval outside which it is negligible;
 * Simpson's rule covers that, relative to the peak.
 */
export function logRadialMass(line: RadialMass): number {
  const {dimension, radius, deviation, anchorSquared, along, raySquared} = line;
  if (radius === 0) return -Infinity;
  const variance = deviation * deviation;
  const power = dimension - 1;
  const logDensity = (t: number): number =>
    (power === 0 ? 0 : power * Math.log(t)) - (raySquared * t * t + 2 * along * t) / (2 * variance);

  const mode = (Math.sqrt(along * along + 4 * raySquared * power * variance) - along) / (2 * raySquared);
  const peak = Math.min(Math.max(mode, 0), radius);
  const height = logDensity(peak);
  const negligible = (t: number): boolean => logDensity(t) < height - DEPTH;
  const low = edge(negligible, peak, 0);
  let far = Math.max(2 * peak, deviation / Math.sqrt(raySquared));
  while (far < radius && !negligible(far)) far *= 2;
  const high = edge(negligible, peak, Math.min(far, radius));

  const step = (high - low) / INTERVALS;
  let sum = 0;
  for (let i = 0; i <= INTERVALS; i++) {
    const weight = i === 0 || i === INTERVALS ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(logDensity(low + i * step) - height);
  }
  const logIntegral = height + Math.log((sum * step) / 3);
  return logIntegral - anchorSquared / (2 * variance) - (dimension / 2) * Math.log(2 * Math.PI * variance);
}

/** Where, between the peak and `outer`, the integrand becomes negligible; `outer` where it never does. */
function edge(negligible: (t: number) => boolean, peak: number, outer: number): number {
  if (!negligible(outer)) return outer;
  let kept = peak;
  let left = outer;
  for (let i = 0; i < 60; i++) {
    const middle = (kept + left) / 2;
    if (negligible(middle)) left = middle;
    else kept = middle;
  }
  return left;
}
