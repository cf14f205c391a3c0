import {formOf} from './data.ts';
import type {Job} from './job.ts';
import type {DatasetSpec, ModelSpec} from './spec.ts';

/**
 * About how many seconds of one core a job takes. Only ratios matter: they weigh the jobs in the progress, so that the
 * time left is right before every kind of job has been seen.
 */
export function estimatedCost(job: Job): number {
  const {dataset, recipe, model} = job.kind === 'run' ? job.spec : job.spec.run;
  const examples = recipe.batchSize ?? dataset.train;
  const size = products(model, dataset);
  if (job.kind === 'run')
    return recipe.steps * (examples + recipe.poisonPoints) * size * 3 * SECONDS_PER_PRODUCT;
  const {settings} = job.spec;
  const seen = ('examples' in settings ? settings.examples : undefined) ?? dataset.train;
  return evaluations(job) * seen * size * SECONDS_PER_PRODUCT;
}

/** Per weight and example, forward. */
const SECONDS_PER_PRODUCT = 1.5e-10;

/** Multiplications of one example's way through a network. */
function products(model: ModelSpec, dataset: DatasetSpec): number {
  if (model.name === 'mlp') {
    const widths = [2, ...model.hidden, 1];
    return widths.slice(1).reduce((sum, width, i) => sum + width * (widths[i] ?? 0), 0);
  }
  const area = (formOf(dataset).inputShape[0] / 32) ** 2;
  if (model.name === 'res-net') return 4e7 * area * ((model.depth ?? 20) / 20);
  return 3.1e6 * area * ((model.widths?.[0] ?? 16) / 16) ** 2;
}

/** How many times an analysis looks at the training set. */
function evaluations(job: Extract<Job, {kind: 'analysis'}>): number {
  const {settings} = job.spec;
  if ('starts' in settings) return settings.starts.length * settings.recipe.steps * 6;
  if ('perplexity' in settings) return settings.iterations * 20;
  if ('localization' in settings) return settings.chains * (settings.burnIn + settings.draws) * 4;
  if ('samples' in settings) return settings.samples * settings.steps * 8;
  if ('to' in settings) return settings.steps * 3;
  if ('probes' in settings) {
    return settings.directions * settings.cutoffs.length * (20 + Math.log2(1 / settings.tolerance));
  }
  if ('cutoffs' in settings) {
    const perRadius = 20 + Math.log2(1 / settings.tolerance);
    return (
      settings.directions * settings.cutoffs.length * perRadius +
      settings.profiles.directions * settings.profiles.points
    );
  }
  if ('iterations' in settings) return settings.iterations * 8;
  if ('points' in settings) return settings.points * 10;
  if ('halfWidth' in settings) return settings.size ** 2 / job.spec.run.dataset.train;
  if ('size' in settings) {
    const {recipe} = job.spec.run;
    // The run is trained again for a surface without a maximum: that of its trajectory.
    return settings.size ** 2 + ('maximum' in settings ? 0 : recipe.steps * 3);
  }
  if ('testExamples' in settings) return settings.testExamples / job.spec.run.dataset.train;
  if ('refinements' in settings) return (settings.maximumSteps + settings.refinements) * 3;
  return settings.angles * 40;
}
