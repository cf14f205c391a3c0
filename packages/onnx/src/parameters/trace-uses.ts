import type {Graph, GraphNode} from '../graph/graph.ts';
import {HALVES, type Tensor} from '../graph/tensor.ts';
import {invalid, type Place} from '../protobuf/place.ts';
import {ELEMENTWISE, LINEAR, type Meaning, isStatistic, meaningIn} from './meaning.ts';

/** What became of one tensor, followed to where data meet it. */
export interface Uses {
  /** Undefined where it is no parameter. */
  readonly meaning: Meaning | undefined;
  /** Why it is none. */
  readonly reason: string;
  /** Inputs of layers that it reaches. */
  readonly count: number;
}

interface Use {
  readonly node: GraphNode;
  readonly input: number;
}

/** A tensor on its way: its own axes in the order that it has now, null once it was reshaped. */
interface Passage {
  readonly name: string;
  readonly axes: readonly number[] | null;
}

/** Most steps in all: far above what layers there are, and below what takes long. */
const MOST_STEPS = 2 ** 20;

/** Operators that pass on what they are given, and keep its axes. */
const SAME = ['Identity', 'Cast', 'CastLike', 'Dropout'];

/** Follows tensors of a model to what uses them. */
export class UseTracer {
  readonly #uses = new Map<string, Use[]>();
  readonly #producers = new Map<string, GraphNode>();
  /** Values that depend on data. */
  readonly #dynamic = new Set<string>();
  /** Data themselves, as they come. */
  readonly #data = new Set<string>();
  readonly #place: Place;
  #steps = 0;

  /** Tensors by themselves, where others end. */
  readonly #tensors: ReadonlySet<string>;

  /**
   * @param data names of the graph's inputs that are no parameters
   * @param tensors names of what is followed
   */
  constructor(graph: Graph, data: Iterable<string>, tensors: ReadonlySet<string>, place: Place) {
    this.#place = place;
    this.#tensors = tensors;
    for (const name of data) {
      this.#data.add(name);
      this.#dynamic.add(name);
    }
    this.#visit(graph, false);
  }

  /** @param values for telling masks from biases */
  follow({name, shape, size}: Tensor, values: () => Float32Array): Uses {
    let mask: boolean | undefined;
    // Once for all its uses, of which a small file may have many.
    const masks = (): boolean => (mask ??= isMask(values()));
    let count = 0;
    let meaning: Meaning | undefined;
    const reasons = new Set<string>();
    const seen = new Set<string>([name]);
    const open: Passage[] = [{name, axes: shape.map((_, axis) => axis)}];
    for (let passage = open.shift(); passage; passage = open.shift()) {
      for (const use of this.#uses.get(passage.name) ?? []) {
        if (++this.#steps > MOST_STEPS) {
          throw invalid(this.#place, `at most ${MOST_STEPS} uses of tensors`, 'more', 'simplify the model');
        }
        const on = this.#passedOn(use, passage);
        if (on) {
          for (const next of on) if (!seen.has(next.name)) open.push(next);
          for (const next of on) seen.add(next.name);
          continue;
        }
        const found = this.#meaningOf(use, passage, size, masks);
        if (typeof found === 'string') reasons.add(found);
        else {
          count += 1;
          meaning ??= inOwnAxes(found, passage.axes);
        }
      }
    }
    const [reason = 'used by nothing'] = reasons;
    return {meaning, reason, count};
  }

  /** Where a use only passes the tensor on, what it is then. */
  #passedOn({node, input}: Use, {axes}: Passage): Passage[] | undefined {
    const {operator, attributes, outputs, place} = node;
    const as = (then: Passage['axes']): Passage[] =>
      outputs.filter((name) => !this.#tensors.has(name)).map((name) => ({name, axes: then}));
    if (input === 0 && operator === 'Cast' && HALVES.includes(attributes.get('to')?.integer ?? 0)) {
      throw invalid(
        place,
        'weights that are used in float32 or float64',
        'a cast to half precision',
        'they move in steps, which no search along a ray can use: export the model in float32',
      );
    }
    if (input === 0 && SAME.includes(operator)) return as(axes).slice(0, 1);
    if (input === 0 && operator === 'Transpose') {
      const order = attributes.get('perm')?.integers;
      if (order === undefined) return as(axes?.toReversed() ?? null);
      // No longer than a tensor has axes, whatever the file says.
      const found = order.length === axes?.length ? order.map((axis) => axes[axis] ?? -1) : [-1];
      return as(found.includes(-1) ? null : found);
    }
    // What no data have met yet is another form of the same weights: a sum of two, or a norm of one.
    const isStatic = !outputs.some((name) => this.#dynamic.has(name));
    if (isStatic && node.subgraphs.length === 0 && !isStatistic(node, input)) {
      return as(operator in ELEMENTWISE ? axes : null);
    }
    return undefined;
  }

  #meaningOf({node, input}: Use, {axes}: Passage, size: number, masks: () => boolean): Meaning | string {
    const {operator, inputs} = node;
    if (isStatistic(node, input)) return 'a running statistic';
    const elementwise = ELEMENTWISE[operator];
    if (!elementwise) {
      const rank = axes?.length ?? null;
      return meaningIn(node, input, rank) ?? `input ${input} of ${operator}`;
    }
    const other = inputs[1 - input] ?? '';
    if (this.#data.has(other)) return `${operator} with the data themselves`;
    if (size === 1) {
      const producer = this.#producers.get(other)?.operator ?? '';
      return operator === 'Add' && axes?.length !== 0 && LINEAR.includes(producer)
        ? elementwise
        : 'a single number';
    }
    return operator === 'Add' && masks() ? 'a mask' : elementwise;
  }

  /** Nodes stand in the order in which they can be computed. */
  #visit(graph: Graph, inner: boolean): void {
    if (inner) for (const {name} of graph.inputs) this.#dynamic.add(name);
    for (const node of graph.nodes) {
      const {inputs, outputs, subgraphs, operator} = node;
      inputs.forEach((name, input) => {
        if (name === '') return;
        const uses = this.#uses.get(name);
        if (uses) uses.push({node, input});
        else this.#uses.set(name, [{node, input}]);
      });
      for (const subgraph of subgraphs) this.#visit(subgraph, true);
      const fromData = inputs.some((name) => this.#dynamic.has(name)) || subgraphs.length > 0;
      const unchanged = SAME.includes(operator) && this.#data.has(inputs[0] ?? '');
      for (const name of outputs) {
        this.#producers.set(name, node);
        if (fromData) this.#dynamic.add(name);
        if (unchanged) this.#data.add(name);
      }
    }
  }
}

/** Whether it keeps scores from counting where it is added to them. */
function isMask(values: Float32Array): boolean {
  return values.every((value) => value === 0 || value <= -1e4) && values.some((value) => value !== 0);
}

function inOwnAxes({role, filterAxis}: Meaning, axes: Passage['axes']): Meaning {
  if (role !== 'kernel') return {role};
  return {role, filterAxis: (typeof filterAxis === 'number' ? axes?.[filterAxis] : undefined) ?? null};
}
