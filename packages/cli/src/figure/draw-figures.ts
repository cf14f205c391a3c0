import type {FigureName, FigureSpec} from '@minefield/figures';
import type {RecordSet} from '@minefield/results';
import {withoutOrigin} from '../describe-error.ts';
import {UsageError} from '../usage-error.ts';

export interface DrawnFigure {
  readonly name: FigureName;
  readonly spec: FigureSpec;
}

/**
 * Specifications of these figures; of every one that can be drawn where none is named.
 *
 * @param title of each figure; its own where it is undefined, and none where it is empty
 * @throws {UsageError} where nothing was measured for one that is named, or for any
 */
export async function drawFigures(
  records: RecordSet,
  wanted: readonly FigureName[],
  title: string | undefined,
): Promise<readonly DrawnFigure[]> {
  const {figureCatalogue, NothingToDrawError} = await import('@minefield/figures');
  const options = title === undefined ? {} : {title};
  const names = wanted.length > 0 ? wanted : (Object.keys(figureCatalogue) as FigureName[]);
  const drawn = names.flatMap((name): DrawnFigure[] => {
    try {
      return [{name, spec: figureCatalogue[name].draw(records, options)}];
    } catch (error) {
      if (!(error instanceof NothingToDrawError)) throw error;
      if (wanted.length === 0) return [];
      const there = names.length > 1 ? '' : '; "minefield status" lists what was measured';
      throw new UsageError(`nothing to draw for "${name}": ${withoutOrigin(error.message)}${there}`);
    }
  });
  if (drawn.length > 0) return drawn;
  throw new UsageError('nothing to draw: no record of this experiment is there yet; run it first');
}
