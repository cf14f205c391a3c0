import {cutoffColumns, cutoffOf, measurementColumn} from './cutoff-columns.ts';
import {networkColumns, networkOf} from './network-columns.ts';
import {type ResultTable, table} from './table.ts';

/** How far each basin reaches, direction by direction. */
export const radiiTable: ResultTable = table({
  row: 'a radius: one direction out of one network, up to one cutoff',
  without: 'cutoffs that lie below the loss of the network; the table of volumes has them, not applicable',
  kinds: ['basin'],
  columns: {
    ...networkColumns,
    ...measurementColumn,
    ...cutoffColumns,
    direction: {
      type: 'integer',
      says: 'number of the direction in its measurement, the same at every cutoff',
      range: '≥ 0',
    },
    radius: {
      type: 'number',
      says: 'distance at which the loss first crosses the threshold, in relative coordinates',
      range: '0 to maximum_radius',
      missing: 'it is censored',
    },
    censored: {
      type: 'boolean',
      says: 'whether the loss stays below the threshold up to maximum_radius',
    },
    maximum_radius: {
      type: 'number',
      says: 'how far the direction was followed, in relative coordinates',
      range: '> 0',
    },
  },
  rows(record) {
    if (record.kind !== 'analysis' || record.analysis !== 'basin') return [];
    const network = {...networkOf(record), measurement: record.identity};
    const {cutoffs, maximumRadius} = record.data;
    return cutoffs.flatMap((cutoff) => {
      const place = {...network, ...cutoffOf(cutoff)};
      return cutoff.radii.map((radius, direction) => ({
        ...place,
        direction,
        radius,
        censored: radius === null,
        maximum_radius: maximumRadius,
      }));
    });
  },
});
