import {checkOptions, checkWord} from './check-options.ts';
import type {AnalysisOf, RunRecord} from '@minefield/results';
import {cutoffLabel, cutoffLabels} from './cutoff-label.ts';
import {figure, type FigureOptions, type FigureSpec, panelTitle, type View} from './figure.ts';
import {brief, inWords} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {poisonFill} from './poison-scale.ts';

type Basin = AnalysisOf<'basin'> | AnalysisOf<'preconditioned'>;

export interface VolumeAgainstGapOptions extends FigureOptions {
  /**
   * `estimate`: the paper's n-th moment of the radius. `stable`: n times the mean logarithm of the radius. Both are
   * relative, that is scale-free. Default `estimate`.
   */
  readonly statistic?: 'estimate' | 'stable';
}

/**
 * Log volume of the basin against the generalization gap of its run: a panel for each cutoff, a dot for each network.
 * Preconditioned volumes are drawn as those along random rays are; pass either.
 * Basins without a volume at a cutoff are counted in the panel's title.
 *
 * @throws {NothingToDrawError} where no basin belongs to a run that came to an end.
 */
export function volumeAgainstGap(
  runs: readonly RunRecord[],
  basins: readonly Basin[],
  options: VolumeAgainstGapOptions = {},
): FigureSpec {
  checkOptions('volumeAgainstGap', options, {title: true, statistic: true});
  requireSome(runs, 'volumeAgainstGap', 'run', 'run the experiment first');
  requireSome(basins, 'volumeAgainstGap', 'basin analysis', 'analyse the runs first');
  const {title = 'Basins shrink as the gap widens', statistic = 'estimate'} = options;
  checkWord('volumeAgainstGap', 'statistic', statistic, Object.keys(nameOf));
  const gaps = new Map(runs.map((run) => [run.identity, run.data.final?.generalizationGap]));
  const pairs = basins.flatMap((basin) => {
    const gap = gaps.get(basin.run);
    return gap === undefined ? [] : [{basin, gap}];
  });
  requireSome(
    pairs,
    'volumeAgainstGap',
    'basin whose run is given and finished',
    'pass the runs that were measured',
  );
  const levels = [...new Set(pairs.map(({basin}) => basin.poisonFactor))].toSorted((a, b) => a - b);
  const missing = basins.length - pairs.length;
  const remark =
    missing === 0 ? '' : ` Basins whose run diverged or is not given, ${missing} in all, are not shown.`;
  const panels = cutoffLabels(basins).map((name) => panelOf(name, pairs, levels, statistic));
  return figure({
    title,
    description: `Log volume of the basin, ${nameOf[statistic]}, against the generalization gap, for ${pairs.length} networks. ${panels.map(({summary}) => summary).join(' ')}${remark}`,
    panels: panels.map(({view}) => view),
    layout: {minimumPanelWidth: 220, maximumPanelWidth: 480, aspect: 0.72, axisWidth: 78},
  });
}

const nameOf = {estimate: "by the paper's estimate", stable: 'by the mean logarithm of the radius'} as const;

interface Pair {
  readonly basin: Basin;
  readonly gap: number;
}

function panelOf(
  name: string,
  pairs: readonly Pair[],
  levels: readonly number[],
  statistic: 'estimate' | 'stable',
): {view: View; summary: string} {
  const rows = pairs.flatMap(({basin, gap}) => {
    const cutoff = basin.data.cutoffs.find((candidate) => cutoffLabel(candidate) === name);
    const estimate = cutoff?.relative;
    const value = statistic === 'stable' ? estimate?.stableLogVolume : estimate?.logVolume;
    if (estimate === undefined || estimate === null || value === undefined || value === null) return [];
    return [
      {
        gap: brief(gap),
        volume: brief(value / Math.LN10, 5),
        poisonFactor: basin.poisonFactor,
        seed: basin.seed,
        verdict: estimate.verdict,
      },
    ];
  });
  const missing = pairs.length - rows.length;
  const note =
    missing === 0
      ? `all ${pairs.length} networks`
      : `${rows.length} of ${pairs.length} networks have a volume`;
  const gaps = pairs.map(({gap}) => gap);
  return {
    summary: summaryOf(name, rows),
    view: {
      title: panelTitle(`Cutoff: ${name}`, note),
      data: {values: rows},
      mark: {type: 'point', style: 'halo', filled: true, size: 52, opacity: 0.95},
      encoding: {
        x: {
          field: 'gap',
          type: 'quantitative',
          title: 'Generalization gap',
          scale: {domain: [Math.min(0, brief(Math.min(...gaps), 2)), 1], nice: false, padding: 6},
          axis: {format: '.0%', values: [0, 0.25, 0.5, 0.75, 1]},
        },
        y: {
          field: 'volume',
          type: 'quantitative',
          title: 'Volume (log₁₀, relative)',
          scale: {zero: false, nice: 5},
          axis: {format: ',d', tickMinStep: 1},
        },
        fill: poisonFill(levels),
        tooltip: [
          {field: 'gap', title: 'generalization gap', format: '.1%'},
          {field: 'volume', title: 'log₁₀ volume', format: '.1f'},
          {field: 'verdict', title: 'estimate is'},
          {field: 'poisonFactor', title: 'poison factor β'},
          {field: 'seed', title: 'seed'},
        ],
      },
    },
  };
}

function summaryOf(name: string, rows: readonly {gap: number; volume: number}[]): string {
  const sorted = rows.toSorted((a, b) => a.gap - b.gap);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return `At cutoff ${name} no volume is known.`;
  const [from, to] = [first, last].map(
    ({gap, volume}) => `10^${inWords(Math.round(volume))} at a gap of ${inWords(gap)}`,
  );
  return `At cutoff ${name}: ${from}, ${to}.`;
}
