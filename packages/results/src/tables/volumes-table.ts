import type {BasinCutoff, VolumeEstimate} from '../record.ts';
import {cutoffColumns, cutoffOf, measurementColumn} from './cutoff-columns.ts';
import {networkColumns, networkOf} from './network-columns.ts';
import {type ResultTable, type RowOf, table} from './table.ts';

const inapplicable = 'applicable is false';
const count = {type: 'integer', range: '≥ 0', missing: inapplicable} as const;
const log = {type: 'number', unit: 'natural logarithm'} as const;

const estimateColumns = {
  log_volume: {
    ...log,
    says: 'log of the volume in relative coordinates',
    missing: 'not finite, or applicable is false; verdict and reason say which',
  },
  raw_log_volume: {
    ...log,
    says: 'log of the volume in parameter space: log_volume + log_determinant',
    missing: 'as of log_volume',
  },
  log_volume_at_half: {
    ...log,
    says: 'log_volume from the first half of the directions',
    missing: 'as of log_volume',
  },
  stable_log_volume: {
    ...log,
    says: 'the mean of the logarithms: dimension · mean(log radius) + log of the unit ball’s volume, relative',
    missing: 'as of log_volume',
  },
  effective_sample_size: {
    type: 'number',
    says: 'directions that the estimate is worth',
    range: '0 to directions',
    missing: inapplicable,
  },
  largest_weight: {
    type: 'number',
    says: 'share of the estimate that its largest direction carries',
    range: '0 to 1',
    missing: inapplicable,
  },
  directions: {...count, says: 'directions that were followed'},
  censored: {...count, says: 'directions that met no cutoff before the maximum radius'},
  verdict: {
    type: 'text',
    says: 'what the estimate is worth',
    range: 'reliable, lower bound, unreliable, unbounded',
    missing: inapplicable,
  },
  reason: {type: 'text', says: 'why, in a sentence', missing: inapplicable},
} as const;

/** How large each basin is, with what is needed to judge the estimate. */
export const volumesTable: ResultTable = table({
  row: 'a volume: one network, one cutoff, one estimator',
  kinds: ['basin', 'preconditioned'],
  columns: {
    ...networkColumns,
    ...measurementColumn,
    estimator: {
      type: 'text',
      says: 'basin: along random rays; preconditioned: along rays stretched by the flat directions of the Hessian',
      range: 'basin, preconditioned',
    },
    ...cutoffColumns,
    anchor_loss: {
      type: 'number',
      says: 'training loss of the network itself',
      unit: 'nats per example',
      range: '≥ 0',
    },
    applicable: {
      type: 'boolean',
      says: 'whether the network lies below the threshold; without that there is no basin',
    },
    dimension: {type: 'integer', says: 'parameters that a direction moves', range: '≥ 0'},
    log_determinant: {...log, says: 'what leads from relative to raw coordinates'},
    mean_radius: {
      type: 'number',
      says: 'mean over the directions, relative, those censored counted at the maximum radius',
      range: '≥ 0',
      missing: 'applicable is false, or the estimator is preconditioned, whose rays have no common length',
    },
    ...estimateColumns,
  },
  rows(record) {
    if (record.kind !== 'analysis') return [];
    if (record.analysis !== 'basin' && record.analysis !== 'preconditioned') return [];
    const {data} = record;
    return data.cutoffs.map((cutoff) => ({
      ...networkOf(record),
      measurement: record.identity,
      estimator: record.analysis,
      ...cutoffOf(cutoff),
      anchor_loss: data.anchorLoss,
      applicable: cutoff.applicable,
      dimension: data.dimension,
      log_determinant: data.logDeterminant,
      mean_radius: meanRadiusOf(cutoff),
      ...estimateOf(cutoff.relative, cutoff.raw),
    }));
  },
});

function meanRadiusOf(cutoff: Pick<BasinCutoff, 'applicable'> | BasinCutoff): number | null {
  return 'meanRadius' in cutoff ? cutoff.meanRadius : null;
}

function estimateOf(
  relative: VolumeEstimate | null,
  raw: VolumeEstimate | null,
): RowOf<typeof estimateColumns> {
  return {
    log_volume: relative?.logVolume ?? null,
    raw_log_volume: raw?.logVolume ?? null,
    log_volume_at_half: relative?.logVolumeAtHalf ?? null,
    stable_log_volume: relative?.stableLogVolume ?? null,
    effective_sample_size: relative?.effectiveSampleSize ?? null,
    largest_weight: relative?.largestWeight ?? null,
    directions: relative?.directions ?? null,
    censored: relative?.censored ?? null,
    verdict: relative?.verdict ?? null,
    reason: relative?.reason ?? null,
  };
}
