/**
 * Other weights that make the same function (Dinh et al. 2017). What comes into a unit with a ReLU is multiplied by c > 0 and
 * what goes out of it divided by c: f(c x) = c f(x), so the logits stay, up to rounding.
 */
import {InputError, type ParameterSlice, at, portableHypot} from '@minefield/core';
import type {Model} from './model.ts';

/** Whatever weights of a perceptron may be rescaled. */
type Rescalable = Pick<Model, 'name' | 'layout' | 'rectified'>;

/**
 * @param theta `[P]`
 * @param factors c of each unit, one list for each hidden layer; all above 0
 * @returns `[P]`, new
 * @throws {InputError} where the model is no perceptron of ReLUs, leaky or not, or the factors do not fit it
 */
export function rescaleNeurons(
  model: Rescalable,
  theta: Float32Array,
  factors: readonly ArrayLike<number>[],
): Float32Array {
  const layers = layersOf('rescaleNeurons', model, theta);
  const hidden = layers.slice(0, -1);
  const fits = hidden.every(({width}, i) => factors[i]?.length === width);
  const positive = factors.every((ofLayer) => Array.from(ofLayer).every((c) => c > 0 && c < Infinity));
  if (factors.length !== hidden.length || !fits || !positive) {
    throw new InputError(
      `models.rescaleNeurons: expected factors above 0 for hidden layers of ${hidden.map(({width}) => width).join(', ')} units, ` +
        `got ${factors.map(({length}) => length).join(', ')}; give one for each unit`,
    );
  }
  const rescaled = Float64Array.from(theta);
  for (const [i, ofLayer] of factors.entries()) {
    for (let unit = 0; unit < ofLayer.length; unit++) {
      const c = at(ofLayer, unit);
      for (const index of incoming(at(layers, i), unit)) rescaled[index] = at(rescaled, index) * c;
      for (const index of outgoing(at(layers, i + 1), unit)) rescaled[index] = at(rescaled, index) / c;
    }
  }
  return Float32Array.from(rescaled);
}

const MOST_ROUNDS = 10_000;
/** Of a factor, at which no unit moves any more. */
const SETTLED = 1e-9;

/**
 * Of all weights that {@link rescaleNeurons} can make of these those of the smallest norm: what comes into each unit, its bias
 * included, is as long as what goes out. Found unit by unit, in rounds, as each unit's factor hangs on its neighbours'. A unit
 * that nothing comes into, or goes out of, stays as it is.
 *
 * @param theta `[P]`
 * @returns `[P]`, new
 * @throws {InputError} where the model is no perceptron of ReLUs, leaky or not
 */
export function balanceNeurons(model: Rescalable, theta: Float32Array): Float32Array {
  const layers = layersOf('balanceNeurons', model, theta);
  const balanced = Float64Array.from(theta);
  const normOf = (indices: Iterable<number>): number =>
    portableHypot(Array.from(indices, (index) => at(balanced, index)));
  for (let round = 0, moved = Infinity; moved > SETTLED && round < MOST_ROUNDS; round++) {
    moved = 0;
    for (const [i, layer] of layers.slice(0, -1).entries()) {
      const next = at(layers, i + 1);
      for (let unit = 0; unit < layer.width; unit++) {
        const [into, out] = [normOf(incoming(layer, unit)), normOf(outgoing(next, unit))];
        if (into === 0 || out === 0) continue;
        const c = Math.sqrt(out / into);
        for (const index of incoming(layer, unit)) balanced[index] = at(balanced, index) * c;
        for (const index of outgoing(next, unit)) balanced[index] = at(balanced, index) / c;
        moved = Math.max(moved, Math.abs(c - 1));
      }
    }
  }
  return Float32Array.from(balanced);
}

interface Layer {
  readonly kernel: ParameterSlice;
  readonly bias: ParameterSlice | undefined;
  /** Units that the layer has. */
  readonly width: number;
}

/** Indices of the column of a kernel `[in, out]` that makes a unit, and of its bias. */
function* incoming({kernel, bias, width}: Layer, unit: number): Generator<number> {
  for (let index = unit; index < kernel.size; index += width) yield kernel.offset + index;
  if (bias !== undefined) yield bias.offset + unit;
}

/** Indices of the row that takes a unit's value on. */
function* outgoing({kernel, width}: Layer, unit: number): Generator<number> {
  for (let column = 0; column < width; column++) yield kernel.offset + unit * width + column;
}

function layersOf(caller: string, {name, layout, rectified}: Rescalable, theta: Float32Array): Layer[] {
  const kernels = layout.slices.filter(({role}) => role === 'kernel');
  const layers = kernels.map((kernel): Layer => {
    const after = layout.slices[layout.slices.indexOf(kernel) + 1];
    return {kernel, bias: after?.role === 'bias' ? after : undefined, width: at(kernel.shape, -1)};
  });
  const chained = kernels.every(
    ({shape}, i) => shape.length === 2 && (i === 0 || shape[0] === at(layers, i - 1).width),
  );
  if (!chained || rectified?.units.length !== kernels.length - 1) {
    throw new InputError(
      `models.${caller}: expected a perceptron with ReLUs, leaky or not, got ${name}; other functions change with the scale of what they are given`,
    );
  }
  if (!(theta instanceof Float32Array) || theta.length !== layout.dimension) {
    throw new InputError(
      `models.${caller}: expected ${layout.dimension} parameters of ${name} as Float32Array, got ${theta?.length}; give those of the model`,
    );
  }
  return layers;
}
