import * as z from 'zod';
import {sha256Schema} from './fields.ts';

/** A file of parameters as records name it. */
export const checkpointSchema = z.strictObject({
  file: z
    .string()
    .regex(/^checkpoints\/[0-9a-f]{16}\.safetensors$/, 'expected checkpoints/<16 digits>.safetensors'),
  sha256: sha256Schema,
});
