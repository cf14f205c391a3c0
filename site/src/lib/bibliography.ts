/** What the pages cite. Facts only: authors, title, where and when. */

export interface Source {
  readonly authors: string;
  /** For running text: `Li et al. 2018`. */
  readonly short: string;
  readonly title: string;
  readonly venue: string;
  readonly year: number;
  readonly url: string;
}

export const bibliography = {
  huang2019: {
    authors: 'W. R. Huang, Z. Emam, M. Goldblum, L. Fowl, J. K. Terry, F. Huang, T. Goldstein',
    short: 'Huang et al. 2019',
    title: 'Understanding Generalization through Visualizations',
    venue: 'arXiv 1906.03291, 2019; PMLR 137 (2020), 87–97',
    year: 2019,
    url: 'https://arxiv.org/abs/1906.03291',
  },
  zhang2017: {
    authors: 'C. Zhang, S. Bengio, M. Hardt, B. Recht, O. Vinyals',
    short: 'Zhang et al. 2017',
    title: 'Understanding Deep Learning Requires Rethinking Generalization',
    venue: 'ICLR',
    year: 2017,
    url: 'https://arxiv.org/abs/1611.03530',
  },
  keskar2017: {
    authors: 'N. S. Keskar, D. Mudigere, J. Nocedal, M. Smelyanskiy, P. T. P. Tang',
    short: 'Keskar et al. 2017',
    title: 'On Large-Batch Training for Deep Learning: Generalization Gap and Sharp Minima',
    venue: 'ICLR',
    year: 2017,
    url: 'https://arxiv.org/abs/1609.04836',
  },
  fan2025: {
    authors: 'R. Fan, B. Sandlund, L. M. Ko',
    short: 'Fan et al. 2025',
    title: 'Sharp Minima Can Generalize: A Loss Landscape Perspective On Data',
    venue: 'arXiv 2511.04808',
    year: 2025,
    url: 'https://arxiv.org/abs/2511.04808',
  },
  chiang2023: {
    authors: 'P. Chiang, R. Ni, D. Y. Miller, A. Bansal, J. Geiping, M. Goldblum, T. Goldstein',
    short: 'Chiang et al. 2023',
    title:
      'Loss Landscapes are All You Need: Neural Network Generalization Can Be Explained Without the Implicit Bias of Gradient Descent',
    venue: 'ICLR',
    year: 2023,
    url: 'https://openreview.net/forum?id=QC10RmRbZy9',
  },
  mingard2021: {
    authors: 'C. Mingard, G. Valle-Pérez, J. Skalse, A. A. Louis',
    short: 'Mingard et al. 2021',
    title: 'Is SGD a Bayesian sampler? Well, almost',
    venue: 'Journal of Machine Learning Research 22',
    year: 2021,
    url: 'https://arxiv.org/abs/2006.15191',
  },
  foret2021: {
    authors: 'P. Foret, A. Kleiner, H. Mobahi, B. Neyshabur',
    short: 'Foret et al. 2021',
    title: 'Sharpness-Aware Minimization for Efficiently Improving Generalization',
    venue: 'ICLR',
    year: 2021,
    url: 'https://arxiv.org/abs/2010.01412',
  },
  dinh2017: {
    authors: 'L. Dinh, R. Pascanu, S. Bengio, Y. Bengio',
    short: 'Dinh et al. 2017',
    title: 'Sharp Minima Can Generalize for Deep Nets',
    venue: 'ICML',
    year: 2017,
    url: 'https://arxiv.org/abs/1703.04933',
  },
  li2018: {
    authors: 'H. Li, Z. Xu, G. Taylor, C. Studer, T. Goldstein',
    short: 'Li et al. 2018',
    title: 'Visualizing the Loss Landscape of Neural Nets',
    venue: 'NeurIPS',
    year: 2018,
    url: 'https://arxiv.org/abs/1712.09913',
  },
  garipov2018: {
    authors: 'T. Garipov, P. Izmailov, D. Podoprikhin, D. Vetrov, A. G. Wilson',
    short: 'Garipov et al. 2018',
    title: 'Loss Surfaces, Mode Connectivity, and Fast Ensembling of DNNs',
    venue: 'NeurIPS',
    year: 2018,
    url: 'https://arxiv.org/abs/1802.10026',
  },
  netzer2011: {
    authors: 'Y. Netzer, T. Wang, A. Coates, A. Bissacco, B. Wu, A. Y. Ng',
    short: 'Netzer et al. 2011',
    title: 'Reading Digits in Natural Images with Unsupervised Feature Learning',
    venue: 'NIPS Workshop on Deep Learning and Unsupervised Feature Learning',
    year: 2011,
    url: 'http://ufldl.stanford.edu/housenumbers/',
  },
  scherlis2025: {
    authors: 'A. Scherlis, N. Belrose',
    short: 'Scherlis and Belrose 2025',
    title: 'Estimating the Probability of Sampling a Trained Neural Network at Random',
    venue: 'arXiv 2501.18812, 2025',
    year: 2025,
    url: 'https://arxiv.org/abs/2501.18812',
  },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceName = keyof typeof bibliography;

/** Where and when, as lists of sources say it. */
export function placeOf({venue, year}: Source): string {
  return venue.includes(String(year)) ? venue : `${venue}, ${year}`;
}
