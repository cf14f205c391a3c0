import type {DatasetName} from '@minefield/spec';

/** A file of data, as plain JSON that a process can be told. */
export interface DataFile {
  readonly path: string;
  /** Takes files that are not the data set's own; their records say so. */
  readonly allowUnofficial?: boolean;
}

/** The files at hand, by the data set that reads them. */
export type DataFiles = {readonly [Name in DatasetName]?: DataFile};
