/** What the plane in sight is made of. */
import {shortNumber} from '../data/format.ts';
import type {Pair, PlaneChoice, Slice} from './planes.ts';

interface Props {
  readonly choice: PlaneChoice;
  readonly slices: Pair<Slice> | null;
}

export function PlaneNote({choice, slices}: Props) {
  return <p class="surface-note">{textOf(choice, slices)}</p>;
}

function textOf({kind, draw}: PlaneChoice, slices: Pair<Slice> | null): string {
  if (kind === 'random')
    return (
      'Two random directions, each filter of which is as long as the network’s own' +
      (draw === 1 ? '; those of the records.' : `; draw ${draw}.`)
    );
  const [good, bad] = slices ?? [];
  if (kind === 'sharpest') {
    const values = (slice: Slice | undefined): string =>
      slice?.plane.eigenvalues.map((value) => shortNumber(value)).join(' and ') || '–';
    return `The two leading eigenvectors of the Hessian. Curvature (curv) along them: good ${values(good)}, bad ${values(bad)}.`;
  }
  const distance = (slice: Slice | undefined, name: 'twin' | 'start'): string => {
    const at = slice?.plane.marks.find((mark) => mark.name === name)?.at;
    return at === undefined ? '–' : shortNumber(Math.hypot(...at));
  };
  return (
    'Through both minima and the weights that both set out from. ' +
    `To the other minimum: ${distance(good, 'twin')} from the good one, ${distance(bad, 'twin')} from the bad one; ` +
    `to the start: ${distance(good, 'start')} and ${distance(bad, 'start')}. Zoom out to see them.`
  );
}
