import {z} from 'zod';
import type {DatasetSpec, ExperimentSpec} from './spec.ts';

/** As `@minefield/results` wants the names of folders. */
const SLUG = /^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/;

const count = z.int().min(1);
const positive = z.number().positive();
const nonNegative = z.number().nonnegative();
const fraction = z.number().min(0).max(1);
const seed = z.int().nonnegative();

/** A list without repetitions, which would name one run twice. */
function distinct<T extends z.ZodType<number>>(item: T): z.ZodArray<T> {
  return z
    .array(item)
    .min(1)
    .refine((values) => new Set(values).size === values.length, 'expected no value twice');
}

const rising = distinct(nonNegative).refine(
  (values) => values.every((value, i) => i === 0 || value > (values[i - 1] ?? 0)),
  'expected rising values',
);
const odd = z
  .int()
  .min(3)
  .refine((value) => value % 2 === 1, 'expected an odd number, so that the anchor is among the points');

const filter = {
  seeds: distinct(seed).exactOptional(),
  poisonFactors: distinct(nonNegative).exactOptional(),
};

const optimizer = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('adam'),
    beta1: fraction.exactOptional(),
    beta2: fraction.exactOptional(),
    epsilon: positive.exactOptional(),
  }),
  z.strictObject({name: z.literal('sgd'), momentum: fraction.exactOptional()}),
  z.strictObject({
    name: z.literal('rmsprop'),
    decay: fraction.exactOptional(),
    epsilon: positive.exactOptional(),
  }),
]);

const schedule = z.discriminatedUnion('name', [
  z.strictObject({name: z.literal('constant')}),
  z.strictObject({name: z.literal('cosine')}),
  z.strictObject({name: z.literal('step'), factor: positive, at: z.array(fraction)}),
]);

const recipe = z.strictObject({
  steps: count,
  optimizer,
  learningRate: positive,
  schedule,
  warmupSteps: z.int().nonnegative().exactOptional(),
  clipNorm: positive.exactOptional(),
  weightDecay: nonNegative.exactOptional(),
  batchSize: count.exactOptional(),
  poisonPoints: z.int().nonnegative(),
  evaluateEvery: count,
  target: z
    .strictObject({
      trainAccuracy: fraction,
      trainLoss: nonNegative.exactOptional(),
    })
    .exactOptional(),
});

const radii = {
  ...filter,
  directions: count,
  cutoffs: z.array(z.strictObject({kind: z.enum(['loss', 'excess']), value: positive})).min(1),
  maximumRadius: positive,
  tolerance: positive.max(0.1),
};

const analyses = z.strictObject({
  boundary: z.strictObject({...filter, halfWidth: positive, size: z.int().min(2).max(1000)}).exactOptional(),
  line: z.strictObject({...filter, maximum: positive, points: odd}).exactOptional(),
  surface: z.strictObject({...filter, maximum: positive, size: odd}).exactOptional(),
  basin: z
    .strictObject({...radii, profiles: z.strictObject({directions: count, points: z.int().min(2)})})
    .exactOptional(),
  preconditioned: z.strictObject({...radii, probes: count}).exactOptional(),
  curvature: z.strictObject({...filter, iterations: count, tolerance: positive}).exactOptional(),
  spectrum: z.strictObject({...filter, steps: count, samples: count}).exactOptional(),
  llc: z
    .strictObject({
      ...filter,
      chains: count,
      burnIn: z.int().nonnegative(),
      draws: count,
      stepSize: positive,
      localization: nonNegative,
      blocks: count,
    })
    .refine(({draws, blocks}) => blocks <= draws, 'expected at most as many blocks as draws')
    .exactOptional(),
  margin: z.strictObject({...filter, angles: count, maximum: positive}).exactOptional(),
  trajectory: z.strictObject({...filter, size: z.int().min(2)}).exactOptional(),
  connectivity: z
    .strictObject({...filter, to: nonNegative, points: z.int().min(2), steps: count, learningRate: positive})
    .exactOptional(),
  search: z
    .strictObject({...filter, every: count, group: count, poisonFactor: nonNegative, recipe})
    .exactOptional(),
  minefield: z
    .strictObject({...filter, components: count, perplexity: positive, iterations: count})
    .exactOptional(),
});

export const datasetSchema: z.ZodType<DatasetSpec> = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('two-spirals'),
    train: count,
    test: count,
    fresh: count,
    noise: nonNegative.exactOptional(),
    turns: positive.exactOptional(),
  }),
  z.strictObject({
    name: z.literal('regular-spirals'),
    train: count,
    test: count,
    poison: count,
    pointsPerClass: count.exactOptional(),
    turns: positive.exactOptional(),
  }),
]);

/** What a spec must look like; keys that it does not know are refused. */
export const experimentSpecSchema: z.ZodType<ExperimentSpec> = z
  .strictObject({
    experiment: z.string().regex(SLUG, 'expected lower-case letters, digits and single hyphens'),
    profile: z.string().regex(SLUG, 'expected lower-case letters, digits and single hyphens'),
    title: z.string().min(1),
    dataset: datasetSchema,
    model: z.strictObject({name: z.literal('mlp'), hidden: z.array(count)}),
    initialization: z.enum(['kaiming-uniform', 'xavier-uniform', 'fan-in-uniform']),
    recipe,
    poisonFactors: rising,
    seeds: distinct(seed),
    analyses,
    decides: z.array(z.int().min(1)),
  })
  .check(({value, issues}) => {
    const {search, minefield} = value.analyses;
    if (search !== undefined && search.every % value.recipe.evaluateEvery !== 0) {
      const message = `expected a multiple of recipe.evaluateEvery, ${value.recipe.evaluateEvery}, got ${search.every}`;
      issues.push({code: 'custom', message, path: ['analyses', 'search', 'every'], input: search.every});
    }
    const far = value.analyses.connectivity?.to;
    if (far !== undefined && !value.poisonFactors.includes(far)) {
      const message = `expected one of poisonFactors, got ${far}`;
      issues.push({code: 'custom', message, path: ['analyses', 'connectivity', 'to'], input: far});
    }
    if (minefield !== undefined && search === undefined) {
      const message = 'expected analyses.search beside it, which finds what it maps';
      issues.push({code: 'custom', message, path: ['analyses', 'minefield'], input: minefield});
    }
  });
