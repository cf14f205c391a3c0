/** Experiments on pictures, in the order in which they are told. */
import {type Findings, findingsOf} from './findings.ts';
import type {Experiment} from './load-results.ts';

export interface PictureExperiment {
  readonly experiment: Experiment;
  readonly findings: Findings;
  /** Its page, from the root of the site. */
  readonly page: string;
  /** What its pictures are. */
  readonly heading: string;
  /** Examples that each network was trained on. */
  readonly train: number;
  /** What readers must know of the data; null where there is nothing. */
  readonly label: string | null;
}

const HEADINGS = {
  svhn: 'Photographs of house numbers',
  'house-numbers': 'Drawn house numbers',
  'res-net': "A network of the paper's size",
} as const;

/** Those that were measured. */
export function pictureExperiments(experiments: readonly Experiment[]): readonly PictureExperiment[] {
  return Object.entries(HEADINGS).flatMap(([name, heading]) => {
    const experiment = experiments.find(({record}) => record.experiment === name);
    const findings = experiment === undefined ? null : findingsOf(experiment);
    const dataset = experiment?.records.runs()[0]?.dataset;
    if (experiment === undefined || findings === null || dataset === undefined) return [];
    const {train, label} = dataset;
    return [{experiment, findings, page: `pictures/${name}.html`, heading, train, label}];
  });
}
