/** A perceptron and a step of Adam as anybody would write them in JavaScript: loops over typed arrays, examples one by one. */
export interface HandWritten {
  /** Log-odds of `[n, 2]` points, `[n]`. */
  logits(theta: Float32Array, points: Float32Array): Float32Array;
  /** Moves θ by one step of Adam on the poisoned loss, its gradient clipped to length 8. */
  step(theta: Float32Array, batch: Batch, learningRate: number): void;
}

export interface Batch {
  /** `[n, 2]` */
  readonly inputs: Float32Array;
  /** +1 for class 1, −1 for class 0, turned round for poison, `[n]`. */
  readonly targets: Float32Array;
  /** `[n]` */
  readonly weights: Float32Array;
}

export function handWritten(widths: readonly number[]): HandWritten {
  const layers = widths.slice(1).map((width, i) => ({fanIn: widths[i] as number, width}));
  const offsets: number[] = [];
  let parameters = 0;
  for (const {fanIn, width} of layers) {
    offsets.push(parameters);
    parameters += (fanIn + 1) * width;
  }
  const values = widths.map((width) => new Float32Array(width));
  const slopes = widths.map((width) => new Float32Array(width));
  const gradient = new Float32Array(parameters);
  const [m, v] = [new Float32Array(parameters), new Float32Array(parameters)];
  let steps = 0;

  function forward(theta: Float32Array, x: number, y: number): number {
    const first = values[0] as Float32Array;
    first[0] = x;
    first[1] = y;
    for (let l = 0; l < layers.length; l++) {
      const {fanIn, width} = layers[l] as (typeof layers)[0];
      const [from, to] = [values[l] as Float32Array, values[l + 1] as Float32Array];
      const offset = offsets[l] as number;
      const bias = offset + fanIn * width;
      for (let j = 0; j < width; j++) to[j] = theta[bias + j] as number;
      for (let i = 0; i < fanIn; i++) {
        const value = from[i] as number;
        if (value === 0) continue;
        const row = offset + i * width;
        for (let j = 0; j < width; j++) to[j] = (to[j] as number) + value * (theta[row + j] as number);
      }
      if (l + 1 < layers.length) for (let j = 0; j < width; j++) if ((to[j] as number) < 0) to[j] = 0;
    }
    return (values[layers.length] as Float32Array)[0] as number;
  }

  function backward(theta: Float32Array, slope: number): void {
    (slopes[layers.length] as Float32Array)[0] = slope;
    for (let l = layers.length - 1; l >= 0; l--) {
      const {fanIn, width} = layers[l] as (typeof layers)[0];
      const [from, of, to] = [
        values[l] as Float32Array,
        slopes[l + 1] as Float32Array,
        slopes[l] as Float32Array,
      ];
      const offset = offsets[l] as number;
      const bias = offset + fanIn * width;
      for (let j = 0; j < width; j++) gradient[bias + j] = (gradient[bias + j] as number) + (of[j] as number);
      for (let i = 0; i < fanIn; i++) {
        const value = from[i] as number;
        const row = offset + i * width;
        // A unit at rest passes nothing on, in either direction.
        if (value === 0 && l > 0) {
          to[i] = 0;
          continue;
        }
        let sum = 0;
        for (let j = 0; j < width; j++) {
          const own = of[j] as number;
          gradient[row + j] = (gradient[row + j] as number) + value * own;
          sum += own * (theta[row + j] as number);
        }
        to[i] = sum;
      }
    }
  }

  return {
    logits(theta, points) {
      const logits = new Float32Array(points.length / 2);
      for (let i = 0; i < logits.length; i++)
        logits[i] = forward(theta, points[2 * i] as number, points[2 * i + 1] as number);
      return logits;
    },
    step(theta, {inputs, targets, weights}, learningRate) {
      gradient.fill(0);
      for (let i = 0; i < targets.length; i++) {
        const z = forward(theta, inputs[2 * i] as number, inputs[2 * i + 1] as number);
        const target = targets[i] as number;
        backward(theta, (-(weights[i] as number) * target) / (1 + Math.exp(target * z)));
      }
      let square = 0;
      for (const slope of gradient) square += slope * slope;
      const scale = Math.min(1, 8 / Math.sqrt(square));
      steps += 1;
      const rate = (learningRate * Math.sqrt(1 - 0.999 ** steps)) / (1 - 0.9 ** steps);
      for (let i = 0; i < parameters; i++) {
        const slope = (gradient[i] as number) * scale;
        m[i] = 0.9 * (m[i] as number) + 0.1 * slope;
        v[i] = 0.999 * (v[i] as number) + 0.001 * slope * slope;
        theta[i] = (theta[i] as number) - (rate * (m[i] as number)) / (Math.sqrt(v[i] as number) + 1e-8);
      }
    },
  };
}
