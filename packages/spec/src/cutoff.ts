import * as z from 'zod';
import {positive} from './fields.ts';

/** Where a basin ends, in nats. `loss`: clean training loss; `excess`: the same above the anchor's. */
export const cutoffSchema = z.strictObject({kind: z.enum(['loss', 'excess']), value: positive});

export type Cutoff = Readonly<z.infer<typeof cutoffSchema>>;
