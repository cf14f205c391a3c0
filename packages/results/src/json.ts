import {z} from 'zod';

/** A plain JSON value: what a spec and an analysis' settings are made of. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** Any JSON value; non-finite numbers are refused, for JSON cannot hold them. */
export const jsonSchema: z.ZodType<Json> = z.json();

/** Any JSON object. */
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), jsonSchema);
