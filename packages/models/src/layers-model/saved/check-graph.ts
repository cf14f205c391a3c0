import {isObject, property, refuse, shown} from './refuse.ts';

const MOST_LAYERS = 5000;

/** Models have a node of their own before they are applied to anything, and so has an input. */
const BEGUN = ['InputLayer', 'Model', 'Functional', 'Sequential'];

/** A place where a layer is applied: to those outputs of others. */
type Application = readonly {readonly layer: string; readonly index: number}[];

/**
 * Holds the graph of a model (of a class `Model` or `Functional`) against what TensorFlow.js would do with it. It applies layers
 * whose inputs are there until none is left, and where the inputs of one never come it goes on for ever.
 *
 * @throws {InputError} when names of layers are missing or not unique, or a layer is applied to what is never made
 */
export function checkGraph(config: unknown): void {
  const layers = property(config, 'layers');
  if (!Array.isArray(layers)) refuse('an array "layers" of a model', shown(layers));
  if (layers.length > MOST_LAYERS) refuse(`at most ${MOST_LAYERS} layers`, String(layers.length));
  const counts = new Map<string, number>();
  const waiting: {layer: string; application: Application}[] = [];
  for (const layer of layers as unknown[]) {
    const name = property(layer, 'name');
    const own = property(property(layer, 'config'), 'name');
    if (typeof name !== 'string' || name !== own) {
      refuse('a layer to have one name', `${shown(name)} and ${shown(own)}`);
    }
    if (counts.has(name)) refuse('layers of different names', `${shown(name)} twice`);
    counts.set(name, beginsWith(layer));
    const nodes = property(layer, 'inbound_nodes');
    if (!Array.isArray(nodes)) refuse(`an array "inbound_nodes" of ${shown(name)}`, shown(nodes));
    for (const node of nodes as unknown[])
      waiting.push({layer: name, application: applicationOf(node, name)});
  }
  requireEnd(waiting, counts);
}

/** How often a layer is applied before its nodes are looked at. */
function beginsWith(layer: unknown): number {
  const className = property(layer, 'class_name');
  return BEGUN.some((known) => known === className) ? 1 : 0;
}

function applicationOf(node: unknown, name: string): Application {
  if (!Array.isArray(node)) refuse(`arrays in "inbound_nodes" of ${shown(name)}`, shown(node));
  return (node as unknown[]).map((input) => {
    const [layer, index, tensor] = Array.isArray(input) ? (input as unknown[]) : [];
    const counted = [index, tensor].every((value) => Number.isInteger(value) && Number(value) >= 0);
    if (typeof layer === 'string' && counted) return {layer, index: Number(index)};
    return refuse(
      `a layer's name and two numbers as an input of ${shown(name)}`,
      isObject(input) ? 'an object' : shown(input),
    );
  });
}

function requireEnd(
  all: readonly {readonly layer: string; readonly application: Application}[],
  counts: Map<string, number>,
): void {
  let waiting = all;
  while (waiting.length > 0) {
    const left = waiting.filter(({layer, application}) => {
      const ready = application.every((input) => (counts.get(input.layer) ?? 0) > input.index);
      // Applied to nothing, it makes nothing.
      if (ready && application.length > 0) counts.set(layer, (counts.get(layer) ?? 0) + 1);
      return !ready;
    });
    const [first] = left;
    if (first !== undefined && left.length === waiting.length) {
      const missing = first.application.find(({layer, index}) => !((counts.get(layer) ?? 0) > index));
      refuse(
        `an output ${missing?.index} of ${shown(missing?.layer)} for the layer ${shown(first.layer)}`,
        'none that is ever made',
      );
    }
    waiting = left;
  }
}
