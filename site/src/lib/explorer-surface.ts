/** What the explorer of surfaces shows before its script runs: both ends of the sweep as their records have them. */
import type {AnalysisRecord} from '@minefield/results';
import {levelOf} from '../explorers/surface/loss-scale.ts';
import {type SurfaceStill, lettersOf} from '../explorers/surface/still.ts';
import {endsOf} from '@minefield/figures';
import type {Experiment} from './load-results.ts';

type SurfaceRecord = Extract<AnalysisRecord, {analysis: 'surface'}>;

/** Log-odds at which a boundary's letters end. */
const CERTAIN = 4;

/** Every so many of a boundary's points: what is drawn small needs no more. */
const STRIDE = 2;

/** None where the sweep has no surfaces. */
export function surfaceStills({records}: Experiment): readonly SurfaceStill[] {
  return endsOf(records.analyses('surface')).flatMap((record): readonly SurfaceStill[] => {
    const run = records.runs().find(({identity}) => identity === record.run);
    if (run === undefined) return [];
    const boundary = records.analysis('boundary', run);
    const dimension = records.analysis('basin', run)?.data.dimension;
    return dimension === undefined ? [] : [{...surfaceOf(record, dimension), ...boundaryOf(boundary)}];
  });
}

function surfaceOf({data}: SurfaceRecord, dimension: number) {
  return {
    surface: lettersOf(data.trainLoss.map((loss) => levelOf(loss ?? Infinity))),
    size: data.xs.length,
    // Filter-normalized directions are as long as the root of the dimension.
    half: (data.xs.at(-1) ?? 0) * Math.sqrt(dimension),
  };
}

function boundaryOf(record: Extract<AnalysisRecord, {analysis: 'boundary'}> | undefined) {
  if (record === undefined) return {boundary: '', boundarySize: 0};
  const {logits, size} = record.data;
  const kept = Array.from({length: Math.ceil(size / STRIDE)}, (_, i) => i * STRIDE);
  const levels = kept.flatMap((row) =>
    kept.map((column) => {
      const odds = logits[row * size + column] ?? 0;
      return (Math.max(-CERTAIN, Math.min(CERTAIN, odds)) / CERTAIN + 1) / 2;
    }),
  );
  return {boundary: lettersOf(levels), boundarySize: kept.length};
}
