import type {LayersModelLayer, LayersModelLike} from '../layers-model.ts';

/** How many numbers the layers of a model make of one example, in models inside it, too. An axis of any length counts as 1. */
export function numbersPerExample({layers}: Pick<LayersModelLike, 'layers'>): number {
  return layers.reduce((sum, layer) => sum + outputsOf(layer), 0);
}

/** A layer, with what is known of the places where it is applied, and with what a model inside adds. */
interface AppliedLayer extends LayersModelLayer {
  readonly inboundNodes?: readonly {readonly outputTensors: LayersModelLike['outputs']}[];
  readonly layers?: readonly AppliedLayer[];
}

function outputsOf({inboundNodes = [], layers}: AppliedLayer): number {
  const inside = layers === undefined ? 0 : numbersPerExample({layers});
  return inboundNodes
    .flatMap(({outputTensors}) => outputTensors)
    .reduce(
      (sum, {shape: [, ...lengths]}) =>
        sum + lengths.reduce<number>((size, length) => size * (length ?? 1), 1),
      inside,
    );
}
