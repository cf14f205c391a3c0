import type {AnalysisOf} from '@minefield/results';

type Basin = AnalysisOf<'basin'>;

/** How axes name the unit of {@link inShares}, which is also that of lines and surfaces along filter-normalized directions. */
export const SHARE = 'share of filter length';

/**
 * The same basin with distances as the share of its own length by which every filter moves, in the root mean square: a
 * relative distance over √n. Records hold relative distances, in which a step of 1 along all n weights moves each by little.
 */
export function inShares(record: Basin): Basin {
  const unit = Math.sqrt(Math.max(1, record.data.dimension));
  const share = (distance: number | null): number | null => (distance === null ? null : distance / unit);
  const {cutoffs, profiles} = record.data;
  return {
    ...record,
    data: {
      ...record.data,
      cutoffs: cutoffs.map((cutoff) => ({
        ...cutoff,
        radii: cutoff.radii.map(share),
        meanRadius: share(cutoff.meanRadius),
      })),
      profiles: {...profiles, distances: profiles.distances.map((distance) => distance / unit)},
    },
  };
}
