import {type BasinRadii, type CutoffRadii, estimateVolume} from '@minefield/landscape';
import type {BasinCutoff, VolumeEstimate} from '@minefield/results';

/** What every estimate along rays records of one cutoff. */
type CutoffData = Pick<
  BasinCutoff,
  'kind' | 'value' | 'threshold' | 'applicable' | 'censored' | 'relative' | 'raw'
>;

/** Where a basin ends, and the volumes that its radii give; null where there is no basin. */
export function cutoffData(measured: CutoffRadii, all: BasinRadii): CutoffData {
  const {cutoff, threshold, applicable, radii, censored} = measured;
  const volumes = applicable ? volumesOf(radii, measured, all) : null;
  return {
    kind: cutoff.kind,
    value: cutoff.value,
    threshold,
    applicable,
    censored,
    relative: volumes && volumeData(volumes.relative),
    raw: volumes && volumeData(volumes.raw),
  };
}

/** The volumes that some of the radii at a cutoff give. */
export function volumesOf(
  radii: Float64Array,
  {undefinedRays}: Pick<CutoffRadii, 'undefinedRays'>,
  {maximum, dimension, logDeterminant, tolerance}: BasinRadii,
): ReturnType<typeof estimateVolume> {
  return estimateVolume(radii, {dimension, logDeterminant, maximum, tolerance, undefinedRays});
}

/** The part of an estimate that records keep. */
function volumeData(estimate: VolumeEstimate): VolumeEstimate {
  const {logVolume, effectiveSampleSize, largestWeight, logVolumeAtHalf} = estimate;
  const {censored, directions, stableLogVolume, verdict, reason} = estimate;
  return {
    logVolume,
    effectiveSampleSize,
    largestWeight,
    logVolumeAtHalf,
    censored,
    directions,
    stableLogVolume,
    verdict,
    reason,
  };
}
