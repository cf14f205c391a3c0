import * as z from 'zod';
import type {ExampleKind} from './dataset.ts';
import type {DeepReadonly} from './deep-readonly.ts';
import {upTo} from './fields.ts';

/** Units or channels of a layer, and layers. All parameters together have a bound as well, which is most often met first. */
const width = upTo(65_536);
const DEEPEST = 1000;

/** Functions that may follow a hidden layer; `ACTIVATIONS` of `@minefield/models` says what each computes. */
const activations = ['relu', 'leaky-relu', 'tanh', 'sigmoid', 'gelu', 'silu', 'softplus'] as const;

/** For points of the plane; see `mlp` of `@minefield/models`. */
const mlpSchema = z.strictObject({
  name: z.literal('mlp'),
  /** Units of each hidden layer. */
  hidden: z.array(width).max(DEEPEST),
  /** What follows each hidden layer. Default relu. */
  activation: z.enum(activations).exactOptional(),
  /** Whether layers have biases. Default true. */
  bias: z.boolean().exactOptional(),
});

/** For pictures; see `convNet` of `@minefield/models`. */
const convNetSchema = z.strictObject({
  name: z.literal('conv-net'),
  /** Channels of each convolution. Default 16, 32, 64, 64. */
  widths: z.array(width).min(1).max(DEEPEST).exactOptional(),
  /** Stride of each convolution. Default 1 for the first and 2 for the others. */
  strides: z.array(width).min(1).max(DEEPEST).exactOptional(),
});

/** For pictures; see `resNet` of `@minefield/models`. */
const resNetSchema = z.strictObject({
  name: z.literal('res-net'),
  /** Default 20. */
  depth: upTo(DEEPEST).exactOptional(),
  /** Channels of each stage. Default 16, 32, 64. */
  widths: z.array(width).min(1).max(DEEPEST).exactOptional(),
});

export const modelSchema = z.discriminatedUnion('name', [mlpSchema, convNetSchema, resNetSchema]);

export type ModelSpec = DeepReadonly<z.infer<typeof modelSchema>>;
export type ModelName = ModelSpec['name'];
export type ModelOf<Name extends ModelName> = Extract<ModelSpec, {readonly name: Name}>;

/** What each network is given. */
const takes: Readonly<Record<ModelName, ExampleKind>> = {
  mlp: 'point',
  'conv-net': 'picture',
  'res-net': 'picture',
};

/** Whether a network is given pictures rather than points of the plane. */
export function takesPictures({name}: Pick<ModelSpec, 'name'>): boolean {
  return takes[name] === 'picture';
}

/** Whether f(c x) = c f(x) for c > 0 between the layers of a perceptron, which other weights then make the same. */
export function isRectified({activation = 'relu'}: ModelOf<'mlp'>): boolean {
  return activation === 'relu' || activation === 'leaky-relu';
}

/** The networks for such examples. */
export function modelsFor(kind: ExampleKind): readonly string[] {
  return Object.entries(takes).flatMap(([name, taken]) => (taken === kind ? name : []));
}
