import {InputError} from '@minefield/core';
import {type Model, mlp} from '@minefield/models';

/** Widths beyond this are a slip of the finger, or of a stranger's file. */
const WIDEST = 1_000_000;

/**
 * A network from its name: `mlp:2-23-16-1`, or `mlp 2-23-16-1` as {@link Model.name} has it; layer widths from inputs to
 * outputs.
 *
 * @throws {InputError} when the name is none
 */
export function parseModel(name: string): Model {
  const widths = /^mlp[: ](\d{1,7}(?:-\d{1,7}){1,99})$/.exec(name)?.[1]?.split('-').map(Number) ?? [];
  const [inputs, ...rest] = widths;
  const outputs = rest.pop();
  if (inputs === undefined || outputs === undefined || !widths.every((w) => w >= 1 && w <= WIDEST)) {
    throw new InputError(
      `experiments.parseModel: expected a network such as mlp:2-23-16-1 (layer widths from inputs to outputs), got "${name.slice(0, 60)}"`,
    );
  }
  return mlp({inputs, hidden: rest, outputs});
}
