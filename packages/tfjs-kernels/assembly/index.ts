export {multiply, multiplyScratch} from './multiply';
export {multiplyLayer, multiplyLayerTransposed, pad, padTransposed, sumRows, unpad} from './mlp';
