import {type FigureSpec, NothingToDrawError} from '@minefield/figures';

export interface SiteFigure {
  /** Its name, and that of its file. */
  readonly id: string;
  readonly spec: FigureSpec;
}

/** The figure, or nothing where the records hold nothing to draw. Any other error is a mistake of ours, and passed on. */
export function drawn(id: string, draw: () => FigureSpec): SiteFigure[] {
  try {
    return [{id, spec: draw()}];
  } catch (error) {
    if (error instanceof NothingToDrawError) return [];
    throw error;
  }
}
