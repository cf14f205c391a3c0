import {median} from '@minefield/core';
import {elementAt} from './elements.ts';
import {type FigureSpec, figure, type View} from './figure.ts';
import {brief, groupBy, inWords} from './numbers.ts';
import {poisonAxis, poisonFill} from './poison-scale.ts';

/** One network's value. */
export interface Sample {
  readonly seed: number;
  readonly poisonFactor: number;
  readonly value: number;
}

export interface AgainstPoisonParts {
  readonly title: string;
  /** What is shown, as a sentence begins: "Generalization gap". */
  readonly subject: string;
  readonly samples: readonly Sample[];
  /** Vertical axis without its field. */
  readonly axis: View;
  /** d3 format of values in tooltips. */
  readonly format: string;
  /** A value in prose. */
  readonly inProse?: (value: number) => string;
  /** Said of what is missing, or empty. */
  readonly remark?: string;
}

/** A quantity against the poison factor: a dot for every network, the median of each level, the spread over seeds. */
export function againstPoison(parts: AgainstPoisonParts): FigureSpec {
  const {title, subject, samples, axis, format, inProse = inWords, remark = ''} = parts;
  const byLevel = [...groupBy(samples, ({poisonFactor}) => poisonFactor)].toSorted(([a], [b]) => a - b);
  const levels = byLevel.map(([poisonFactor]) => poisonFactor);
  const summary = byLevel.map(([poisonFactor, ofLevel]) => {
    const values = ofLevel.map(({value}) => value);
    return {
      poisonFactor,
      median: brief(median(values)),
      low: brief(Math.min(...values)),
      high: brief(Math.max(...values)),
    };
  });
  const x = poisonAxis(levels);
  const y = {type: 'quantitative', ...axis};
  const seeds = new Set(samples.map(({seed}) => seed)).size;
  const [from, to] = [elementAt(summary, 0), elementAt(summary, -1)].map(
    (end) => `${inProse(end.median)} at β = ${inWords(end.poisonFactor)}`,
  );
  const medians = levels.length === 1 ? `is ${from}` : `goes from ${from} to ${to}`;
  return figure({
    title,
    description: `${subject} against poison factor β for ${counted(samples.length, 'network')}: ${counted(levels.length, 'level')}, ${counted(seeds, 'seed')}. The median ${medians}.${remark}`,
    panels: [
      {
        layer: [
          {
            data: {values: summary},
            mark: {type: 'area', style: 'band', tooltip: null},
            encoding: {x, y: {...y, field: 'low'}, y2: {field: 'high'}},
          },
          {
            data: {values: summary},
            mark: {type: 'line', style: 'median', tooltip: null},
            encoding: {x, y: {...y, field: 'median'}},
          },
          {
            data: {
              values: samples.map(({seed, poisonFactor, value}) => ({
                seed,
                poisonFactor,
                value: brief(value),
              })),
            },
            mark: {type: 'point', style: 'halo', filled: true, size: 52, opacity: 0.95},
            encoding: {
              x,
              y: {...y, field: 'value'},
              fill: {...poisonFill(levels), legend: null},
              tooltip: [
                {field: 'poisonFactor', title: 'poison factor β'},
                {field: 'seed', title: 'seed'},
                {field: 'value', title: subject.toLowerCase(), format},
              ],
            },
          },
        ],
      },
    ],
    layout: {minimumPanelWidth: 200, maximumPanelWidth: 640, aspect: 0.52},
  });
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
