/** The figures that a page of an experiment shows, in their order, with what stands below them. */
import type {FigureName} from '@minefield/figures';

export interface ShownFigure {
  readonly name: FigureName;
  /** First words of the caption. */
  readonly title: string;
  /** The rest of it. */
  readonly caption: string;
  /** Reaches into the margin. */
  readonly wide?: true;
}

/** What was trained or fitted beside a sweep, on whatever data. */
const BESIDE_THE_SWEEP: readonly ShownFigure[] = [
  {
    name: 'otherwise',
    wide: true,
    title: 'What other ways of training find.',
    caption: 'A row for each way of training, a dot for each seed, a bar at the median.',
  },
  {
    name: 'more-data',
    wide: true,
    title: 'Minima of few and of many examples.',
    caption: 'Gap and volume against the number of training examples, on the smallest set and on their own.',
  },
  {
    name: 'linear',
    wide: true,
    title: 'What a linear classifier makes of it.',
    caption:
      'Accuracy of linear classifiers on features that nobody learned, beside that of the network; a row for each kind of feature, a dot for each seed.',
  },
];

/** What was measured of networks on points of the plane. */
export const ON_THE_PLANE: readonly ShownFigure[] = [
  {
    name: 'curves',
    wide: true,
    title: 'Learning curves.',
    caption:
      'Loss and accuracy as training went on, at the ends of the sweep: on training points solid, on test points dashed.',
  },
  {
    name: 'boundary',
    wide: true,
    title: 'What they believe.',
    caption:
      'Shading is what a network says of each place; dots are the training points, and those it gets wrong are marked.',
  },
  {
    name: 'boundary-test',
    wide: true,
    title: 'The same on test points.',
    caption: 'The points that they never saw, over the same shading.',
  },
  {
    name: 'gap',
    title: 'The gap at each level of poison.',
    caption: 'Training accuracy minus accuracy on points never seen, one dot for each network.',
  },
  {
    name: 'margin',
    title: 'Margins at each level of poison.',
    caption: 'Mean distance from a training point to the decision boundary, one dot for each network.',
  },
  {
    name: 'line',
    title: 'A walk away from each minimum.',
    caption: 'Loss, accuracy and curvature along one random direction; the minimum is at zero.',
  },
  {
    name: 'curvature',
    title: 'Sharpness at each level of poison.',
    caption:
      'Largest eigenvalue of the Hessian of the clean training loss, in coordinates scaled to the weights.',
  },
  {
    name: 'surface',
    wide: true,
    title: 'The loss in two directions.',
    caption: 'Training loss over a plane through each minimum, which lies at the centre.',
  },
  {
    name: 'perturbation',
    wide: true,
    title: 'On the scale of each basin.',
    caption:
      "Loss, accuracy and curvature along several random directions, in mean radii of each network's own basin.",
  },
  {
    name: 'matched',
    wide: true,
    title: 'At the same training loss.',
    caption:
      'Poisoned networks beside those of the same seeds without poison, stopped early or scaled down to their loss.',
  },
  ...BESIDE_THE_SWEEP,
  {
    name: 'spectrum',
    wide: true,
    title: 'The whole spectrum.',
    caption: 'How many eigenvalues of the Hessian there are in each decade of size, upwards and downwards.',
  },
  {
    name: 'llc',
    title: 'The learning coefficient.',
    caption: 'Sampled by Langevin chains, one dot for each network. The band is the spread over seeds.',
  },
  {
    name: 'llc-traces',
    wide: true,
    title: 'Along the chains.',
    caption:
      'The loss along each chain. Chains that have forgotten where they began run level and through each other.',
  },
  {
    name: 'trajectory',
    wide: true,
    title: 'The way that training took.',
    caption:
      'Training loss over the plane that holds most of the way from the first weights to each minimum, with that way on it.',
  },
  {
    name: 'profiles',
    wide: true,
    title: 'Walking out of the basin.',
    caption: 'Training loss along random directions; the cutoffs are dashed.',
  },
  {
    name: 'radii',
    title: 'How far one gets.',
    caption: 'Distance at which the loss first crosses the cutoff, in each direction.',
  },
  {
    name: 'volume',
    title: 'Volume against gap.',
    caption: 'Estimated volume along random rays: in practice a lower bound.',
  },
  {
    name: 'volume-stable',
    title: 'The same with the stable statistic.',
    caption: 'The volume that a basin would have if its typical radius were its only one.',
  },
  {
    name: 'volume-stretched',
    title: 'The same by stretched rays.',
    caption: "Rays that are made longer where the Hessian's diagonal is small.",
  },
  {
    name: 'volume-convergence',
    wide: true,
    title: 'How far the estimates have come.',
    caption: 'The volume as more and more rays are counted. An estimate that still climbs is a lower bound.',
  },
  {
    name: 'paths',
    wide: true,
    title: 'A way from one minimum to another.',
    caption:
      'Loss and accuracies along the straight line and along a bend that was trained to keep the loss low.',
  },
];

/** The same questions asked of networks on pictures. */
export const ON_PICTURES: readonly ShownFigure[] = [
  {
    name: 'curves',
    wide: true,
    title: 'Learning, well and badly.',
    caption: 'Loss and accuracy as training goes on, at the ends of the sweep.',
  },
  {
    name: 'gap',
    title: 'More poison, wider gap.',
    caption: 'Training accuracy minus test accuracy, one dot for each network.',
  },
  {
    name: 'margin',
    title: 'Margins.',
    caption:
      "Mean distance from a training picture to the nearest one that the network takes for another digit, by DeepFool, in units of a pixel's deviation.",
  },
  {
    name: 'curvature',
    title: 'Curvature.',
    caption:
      'Largest eigenvalue of the Hessian of the training loss, over part of the training set, by exact products in coordinates scaled to the weights.',
  },
  {
    name: 'spectrum',
    wide: true,
    title: 'The whole spectrum.',
    caption: 'How many eigenvalues of that Hessian there are in each decade of size, upwards and downwards.',
  },
  {
    name: 'surface',
    wide: true,
    title: 'The loss around both.',
    caption: 'Over the plane of two random directions, filter by filter as long as the weights.',
  },
  {
    name: 'profiles',
    wide: true,
    title: 'Walking out of the basin.',
    caption:
      'Training loss, over part of the training set, along random directions in coordinates scaled to the weights.',
  },
  ...BESIDE_THE_SWEEP,
  {
    name: 'radii',
    wide: true,
    title: 'How far one gets.',
    caption: 'Distance at which the loss first crosses the cutoff, in each direction.',
  },
  {
    name: 'volume',
    title: 'Volume against gap.',
    caption: 'Estimated volume along random rays: lower bounds, as for the spirals.',
  },
  {
    name: 'volume-stretched',
    title: 'The same by stretched rays.',
    caption: 'Rays are stretched where the gradients of single pictures are small.',
  },
];
