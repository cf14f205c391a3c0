import * as z from 'zod';
import type {DeepReadonly} from './deep-readonly.ts';
import {count} from './fields.ts';

/** For points of the plane. */
const mlpSchema = z.strictObject({
  name: z.literal('mlp'),
  /** Units of each hidden layer. */
  hidden: z.array(count),
});

/** For pictures; see `convNet` of `@minefield/models`. */
const convNetSchema = z.strictObject({
  name: z.literal('conv-net'),
  /** Channels of each convolution. Default 16, 32, 64, 64. */
  widths: z.array(count).min(1).exactOptional(),
  /** Stride of each convolution. Default 1 for the first and 2 for the others. */
  strides: z.array(count).min(1).exactOptional(),
});

/** For pictures; see `resNet` of `@minefield/models`. */
const resNetSchema = z.strictObject({
  name: z.literal('res-net'),
  /** Default 20. */
  depth: count.exactOptional(),
  /** Channels of each stage. Default 16, 32, 64. */
  widths: z.array(count).min(1).exactOptional(),
});

export const modelSchema = z.discriminatedUnion('name', [mlpSchema, convNetSchema, resNetSchema]);

export type ModelSpec = DeepReadonly<z.infer<typeof modelSchema>>;
