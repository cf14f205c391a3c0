import type {DataSources} from '../materials/data-source.ts';
import {dataSources} from '../materials/data-sources.ts';

/** What most tests compute with: portable numbers, and data drawn by arithmetic. */
export const portable: {readonly numerics: 'portable'; readonly sources: DataSources} = {
  numerics: 'portable',
  sources: dataSources(),
};
