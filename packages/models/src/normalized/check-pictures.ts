import {InputError} from '@minefield/core';
import {checkSizeList, checkSizes} from '../checks.ts';

/** @throws {InputError} when the shape of a network's images or its number of classes is missing, or none */
export function checkPictures(
  caller: string,
  {inputShape, classes}: {readonly inputShape: readonly number[]; readonly classes: number},
): void {
  checkSizeList(caller, 'inputShape', inputShape);
  if (inputShape.length !== 3) {
    throw new InputError(
      `models.${caller}: expected inputShape [height, width, channels], got [${inputShape}]`,
    );
  }
  checkSizes(caller, {classes});
}
