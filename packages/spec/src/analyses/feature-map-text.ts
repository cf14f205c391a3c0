import type {FeatureMap} from './linear.ts';

/** How texts and figures name a feature map. */
export function featureMapText(map: FeatureMap): string {
  switch (map.name) {
    case 'inputs':
      return 'inputs';
    case 'polynomial':
      return `products of ${map.degree} inputs`;
    case 'fourier':
      return `${map.count.toLocaleString('en')} cosines of length ${map.lengthScale}`;
    case 'relu':
      return `${map.count.toLocaleString('en')} random ReLUs`;
  }
}
