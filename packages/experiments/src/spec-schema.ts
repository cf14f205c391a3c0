import {z} from 'zod';
import {isOfPictures} from './data.ts';
import type {DatasetSpec, ExperimentSpec, ModelSpec} from './spec.ts';

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
const some = {...filter, examples: count.exactOptional()};

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
  statisticsExamples: count.exactOptional(),
  target: z
    .strictObject({
      trainAccuracy: fraction,
      trainLoss: nonNegative.exactOptional(),
    })
    .exactOptional(),
});

const radii = {
  ...some,
  directions: count,
  cutoffs: z.array(z.strictObject({kind: z.enum(['loss', 'excess']), value: positive})).min(1),
  maximumRadius: positive,
  tolerance: positive.max(0.1),
};

const analyses = z.strictObject({
  boundary: z.strictObject({...filter, halfWidth: positive, size: z.int().min(2).max(1000)}).exactOptional(),
  line: z.strictObject({...some, maximum: positive, points: odd}).exactOptional(),
  surface: z.strictObject({...some, maximum: positive, size: odd}).exactOptional(),
  basin: z
    .strictObject({...radii, profiles: z.strictObject({directions: count, points: z.int().min(2)})})
    .exactOptional(),
  preconditioned: z
    .strictObject({...radii, diagonal: z.enum(['hessian', 'gradients']).exactOptional(), probes: count})
    .exactOptional(),
  curvature: z.strictObject({...some, iterations: count, tolerance: positive}).exactOptional(),
  spectrum: z.strictObject({...some, steps: count, samples: count}).exactOptional(),
  llc: z
    .strictObject({
      ...some,
      chains: count,
      burnIn: z.int().nonnegative(),
      draws: count,
      stepSize: positive,
      localization: nonNegative,
      blocks: count,
    })
    .refine(({draws, blocks}) => blocks <= draws, 'expected at most as many blocks as draws')
    .exactOptional(),
  margin: z
    .union([
      z.strictObject({...some, angles: count, maximum: positive}),
      z.strictObject({...some, maximumSteps: count, refinements: z.int().nonnegative()}),
    ])
    .exactOptional(),
  predictions: z
    .strictObject({...filter, testExamples: count, pictures: z.boolean().exactOptional()})
    .exactOptional(),
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
  z.strictObject({
    name: z.literal('house-numbers'),
    train: count,
    test: count,
    poison: count,
    size: z.int().min(16).max(512).exactOptional(),
  }),
  z.strictObject({
    name: z.literal('svhn'),
    channels: z.union([z.literal(1), z.literal(3)]).exactOptional(),
    normalization: z.enum(['per-channel', 'per-image']).exactOptional(),
    train: count,
    test: count,
    poison: count,
  }),
]);

export const modelSchema: z.ZodType<ModelSpec> = z.discriminatedUnion('name', [
  z.strictObject({name: z.literal('mlp'), hidden: z.array(count)}),
  z.strictObject({
    name: z.literal('conv-net'),
    widths: z.array(count).min(1).exactOptional(),
    strides: z.array(count).min(1).exactOptional(),
  }),
  z.strictObject({
    name: z.literal('res-net'),
    depth: count.exactOptional(),
    widths: z.array(count).min(1).exactOptional(),
  }),
]);

/** Analyses that look at the plane of the data, or train without batch normalisation. */
const PLANE_ONLY = ['boundary', 'trajectory', 'connectivity', 'search', 'minefield'] as const;

/** What a spec must look like; keys that it does not know are refused. */
export const experimentSpecSchema: z.ZodType<ExperimentSpec> = z
  .strictObject({
    experiment: z.string().regex(SLUG, 'expected lower-case letters, digits and single hyphens'),
    profile: z.string().regex(SLUG, 'expected lower-case letters, digits and single hyphens'),
    title: z.string().min(1),
    dataset: datasetSchema,
    model: modelSchema,
    initialization: z.enum(['kaiming-normal', 'kaiming-uniform', 'xavier-uniform', 'fan-in-uniform']),
    recipe,
    poisonFactors: rising,
    seeds: distinct(seed),
    analyses,
    decides: z.array(z.int().min(1)),
  })
  .check(({value, issues}) => {
    const {search, minefield, margin, predictions} = value.analyses;
    const pictures = isOfPictures(value.dataset);
    if (pictures === (value.model.name === 'mlp')) {
      const message = `expected ${pictures ? 'conv-net or res-net for pictures' : 'mlp for points of the plane'}, got ${value.model.name}`;
      issues.push({code: 'custom', message, path: ['model', 'name'], input: value.model.name});
    }
    for (const name of pictures ? PLANE_ONLY : []) {
      if (value.analyses[name] === undefined) continue;
      const message = 'expected no such analysis of pictures';
      issues.push({code: 'custom', message, path: ['analyses', name], input: value.analyses[name]});
    }
    if (margin !== undefined && 'angles' in margin === pictures) {
      const message = `expected ${pictures ? 'maximumSteps and refinements for pictures' : 'angles and maximum for points of the plane'}`;
      issues.push({code: 'custom', message, path: ['analyses', 'margin'], input: margin});
    }
    if (predictions?.pictures === true && !pictures) {
      const message = 'expected no such option for points of the plane';
      issues.push({code: 'custom', message, path: ['analyses', 'predictions', 'pictures'], input: true});
    }
    const asked = predictions?.testExamples ?? 0;
    if (asked > value.dataset.test) {
      const message = `expected at most the ${value.dataset.test} test examples that there are, got ${asked}`;
      issues.push({code: 'custom', message, path: ['analyses', 'predictions', 'testExamples'], input: asked});
    }
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
