/** What the laboratory is told of all runs: files of the site, made of the records. */
import type {RunSpec} from '@minefield/spec';
import {loadFile} from '../../data/load-file.ts';

/** What the runs of an experiment have in common. */
export interface LabExperiment {
  readonly name: string;
  readonly title: string;
  readonly profile: string;
  /** Whether its name and profile are all that the command needs to know. */
  readonly builtIn: boolean;
  /** What readers must know of the data, such as that a file is not the official one; null where there is nothing. */
  readonly dataLabel: string | null;
  /** The experiment's record, from the root of the site. */
  readonly record: string;
  /** Half the side of the square on which its boundaries were recorded; null where none were. */
  readonly halfWidth: number | null;
  readonly spec: RunSpec;
}

/** A column of words: each row's place among the values. */
export interface WordColumn {
  readonly values: readonly string[];
  readonly at: readonly (number | null)[];
}

/** Columns with an entry for each run. Keys of numbers are those of `quantities`. */
export interface LabFile {
  readonly experiments: readonly LabExperiment[];
  /** All cutoffs that any experiment measured its basins at. */
  readonly cutoffs: readonly LabCutoff[];
  /** The beginning of each run's identity, as in the addresses of its page and its record. */
  readonly id: readonly string[];
  readonly words: Readonly<Record<string, WordColumn>>;
  readonly numbers: Readonly<Record<string, readonly (number | null)[]>>;
}

export interface LabCutoff {
  readonly kind: 'loss' | 'excess';
  readonly value: number;
}

/** Files of each run by the kind of the record, from the root of the site; `checkpoint` where its weights are there. */
export type LabRecords = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What networks say of examples that they were not trained on. */
export interface LabExamples {
  readonly plane: readonly PlaneExamples[];
  readonly pictures: readonly PictureExamples[];
}

/** Test points of one seed of an experiment on the plane. */
export interface PlaneExamples {
  readonly experiment: string;
  readonly seeds: readonly number[];
  /** Rising. */
  readonly levels: readonly number[];
  /** Which test points are classified right, by seed and level, from records: one bit a point in base64; the others are computed. */
  readonly recorded: Readonly<Record<string, string>>;
}

/** Test pictures of one seed of an experiment. */
export interface PictureExamples {
  readonly experiment: string;
  readonly title: string;
  readonly seed: number;
  /** Whether contrast is stretched. */
  readonly stretched: boolean;
  /** Data URIs. */
  readonly sources: readonly string[];
  readonly labels: readonly number[];
  /** One for each level of poison whose network was asked. */
  readonly answers: readonly {
    readonly poisonFactor: number;
    readonly run: string;
    readonly predicted: readonly number[];
    /** Of the predicted class. */
    readonly probability: readonly number[];
  }[];
}

export function loadLab(): Promise<LabFile> {
  return loadFile('explorers/lab.json');
}

export function loadLabRecords(): Promise<LabRecords> {
  return loadFile('explorers/lab-records.json');
}

export function loadLabExamples(): Promise<LabExamples> {
  return loadFile('explorers/lab-examples.json');
}
