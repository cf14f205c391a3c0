/** What to try, and what will be seen. */
import {PAINT_SPREAD} from './own-data.ts';

export function OwnHint() {
  return (
    <>
      <p>
        Press Train. With β = 0 the boundary follows the arms within a second or two, and train and test
        accuracy rise together. With β = 0.8 the network is also paid for being wrong about fresh points: the
        boundary breaks up until it is right about nearly every training point and wrong about nearly
        everything between them. Then measure it: bad minima come to lie at the lower right of the scatter.
      </p>
      <p>
        Poison and test points of painted data are drawn around your own, with a standard deviation of{' '}
        {PAINT_SPREAD}. “When bad” stops at 99% train and at most 15% test accuracy, “when it fits” at 100%
        train. The recipe is the article’s (first weights, poison and points of a seed are those of its runs,
        to the bit), with fewer steps unless you say otherwise.
      </p>
    </>
  );
}
