export {multiply, multiplyScratch} from './multiply';
export {logisticDerivatives, sigmoid, softplus} from './logistic';
export {backward, forward, logisticGradient} from './mlp';
export {pad, padTransposed, unpad} from './padding';
export {convolutionScratch, convolve, convolveBackFilter, convolveBackInput, setConvolution} from './convolution';
export {addWhere, combine, repeat} from './elementwise';
export {sum} from './reduce';
export {adam, momentum, rmsprop} from './optimizers';
export {normalize, normalizeBack, variances} from './batch-norm';
