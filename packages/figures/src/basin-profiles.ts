import {checkOptions, checkPositive} from './check-options.ts';
import type {AnalysisOf} from '@minefield/results';
import {elementAt} from './elements.ts';
import {figure, type FigureOptions, type FigureSpec, panelTitle, type View} from './figure.ts';
import {brief, inWords, spread} from './numbers.ts';
import {requireSome} from './nothing-to-draw-error.ts';
import {poisonColour} from './palette.ts';
import {poisonPosition} from './poison-scale.ts';
import {poisonLabel} from './series.ts';

type Basin = AnalysisOf<'basin'>;

export interface BasinProfilesOptions extends FigureOptions {
  /** Directions drawn at most, evenly spread over those recorded. Default 40. */
  readonly directions?: number;
}

/**
 * Training loss along many random directions out of each minimum, up to a little over the highest cutoff. The cutoffs are
 * dashed, and the mean radius at each is marked. All panels share both axes.
 *
 * @throws {NothingToDrawError} without a record.
 */
export function basinProfiles(records: readonly Basin[], options: BasinProfilesOptions = {}): FigureSpec {
  checkOptions('basinProfiles', options, {title: true, directions: true});
  requireSome(records, 'basinProfiles', 'basin analysis', 'analyse a run first');
  const {title = 'How far the loss stays low', directions = 40} = options;
  checkPositive('basinProfiles', 'directions', directions);
  const thresholds = records.flatMap(({data}) => lossCutoffs(data).map(({threshold}) => threshold));
  requireSome(thresholds, 'basinProfiles', 'cutoff on the loss', 'measure the basin at one');
  const profiles = records.flatMap(({data}) => data.profiles.losses.filter((losses) => losses.length > 0));
  requireSome(profiles, 'basinProfiles', 'profile of the loss', 'record the loss along some directions');
  const highest = 1.15 * Math.max(...thresholds);
  const reaches = records.map(({data}) => reachOf(data, highest));
  const reach = Math.max(...reaches);
  // Where basins differ much in width, the narrow one would be a line at zero.
  const nearest = reach > LOGARITHMIC_FROM * Math.min(...reaches) ? nearestOf(records) : undefined;
  const radii = records.map(({poisonFactor, data}) => {
    const means = lossCutoffs(data).flatMap(({value, meanRadius}) =>
      meanRadius === null ? [] : [`${inWords(meanRadius)} at a loss of ${inWords(value)}`],
    );
    return `${poisonLabel(poisonFactor)}: ${means.length === 0 ? 'no cutoff lies above the minimum' : means.join(', ')}`;
  });
  const position = poisonPosition(records.map(({poisonFactor}) => poisonFactor));
  return figure({
    title,
    description: `Training loss along random filter-normalized directions out of ${records.length === 1 ? 'a minimum' : `${records.length} minima`}. Mean relative radius of ${radii.join('; of ')}.`,
    panels: records.map((record) =>
      panel(record, {
        highest,
        reach,
        nearest,
        directions,
        colour: poisonColour(position(record.poisonFactor)),
      }),
    ),
    layout: {minimumPanelWidth: 220, maximumPanelWidth: 480, aspect: 0.72},
  });
}

function lossCutoffs({cutoffs}: Basin['data']): Basin['data']['cutoffs'] {
  return cutoffs.filter(({kind}) => kind === 'loss');
}

/** A ratio of reaches beyond which the axis is logarithmic. */
const LOGARITHMIC_FROM = 6;

/** The smallest distance beyond zero at which a profile was taken. */
function nearestOf(records: readonly Basin[]): number {
  return brief(
    Math.min(...records.flatMap(({data}) => data.profiles.distances.find((distance) => distance > 0) ?? [])),
    2,
  );
}

/** The distance at which the last profile leaves the figure, or the end of the scan. */
function reachOf({profiles}: Basin['data'], highest: number): number {
  const {distances, losses} = profiles;
  const ends = losses.map((profile) => profile.findIndex((loss) => loss === null || loss > highest));
  if (distances.length === 0) return 0;
  const last = ends.includes(-1) ? distances.length - 1 : Math.max(0, ...ends);
  return brief(elementAt(distances, last), 3);
}

interface PanelOptions {
  readonly highest: number;
  readonly reach: number;
  /** Where a logarithmic axis begins; undefined for a linear one. */
  readonly nearest: number | undefined;
  readonly directions: number;
  readonly colour: string;
}

function panel(
  {poisonFactor, data}: Basin,
  {highest, reach, nearest, directions, colour}: PanelOptions,
): View {
  const {distances, losses} = data.profiles;
  const shown = spread(losses.length, directions);
  const from = nearest === undefined ? 0 : distances.findIndex((distance) => distance > 0);
  const rows = shown.map((direction) => {
    const profile = elementAt(losses, direction);
    const crossing = profile.findIndex((loss) => loss === null || loss > highest);
    const points = crossing === -1 ? profile.length : crossing + 1;
    return {
      direction,
      distance: distances.slice(from, points).map((distance) => brief(distance, 3)),
      // A loss that overflowed leaves through the top of the panel.
      loss: profile.slice(from, points).map((loss) => brief(loss ?? 10 * highest)),
    };
  });
  const cutoffs = lossCutoffs(data).map(({value, threshold, meanRadius}) => ({
    threshold,
    name: `cutoff ${inWords(value)}`,
    meanRadius: brief(meanRadius),
  }));
  const x = {
    type: 'quantitative',
    title: 'Relative distance',
    scale:
      nearest === undefined
        ? {domain: [0, reach], nice: false}
        : {type: 'log', domain: [nearest, reach], nice: false},
    axis: {format: '~r', labelOverlap: true},
  };
  const y = {
    type: 'quantitative',
    title: 'Training loss (nats)',
    scale: {domain: [0, brief(highest)], nice: false},
  };
  return {
    title: panelTitle(`${poisonLabel(poisonFactor)}, ${shown.length} directions`),
    layer: [
      {
        data: {values: rows},
        transform: [{flatten: ['distance', 'loss']}],
        mark: {type: 'line', clip: true, strokeWidth: 1, opacity: 0.4, color: colour, tooltip: null},
        encoding: {x: {...x, field: 'distance'}, y: {...y, field: 'loss'}, detail: {field: 'direction'}},
      },
      {
        data: {values: cutoffs},
        mark: {type: 'rule', style: 'reference', tooltip: null},
        encoding: {y: {...y, field: 'threshold'}},
      },
      ...['note-halo', 'note'].map((style) => ({
        data: {values: cutoffs},
        mark: {type: 'text', style, align: 'right', baseline: 'bottom', dy: -2, tooltip: null},
        encoding: {x: {...x, datum: reach}, y: {...y, field: 'threshold'}, text: {field: 'name'}},
      })),
      {
        data: {values: cutoffs.filter(({meanRadius}) => meanRadius !== null)},
        mark: {
          type: 'point',
          style: 'halo',
          shape: 'diamond',
          filled: true,
          size: 90,
          opacity: 1,
          fill: colour,
          clip: true,
        },
        encoding: {
          x: {...x, field: 'meanRadius'},
          y: {...y, field: 'threshold'},
          tooltip: [
            {field: 'threshold', title: 'training loss', format: '.3~g'},
            {field: 'meanRadius', title: 'mean radius', format: '.3~g'},
          ],
        },
      },
    ],
  };
}
