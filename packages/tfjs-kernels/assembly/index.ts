export {multiply, multiplyScratch} from './multiply';
export {sigmoid, softplus} from './logistic';
export {backward, forward, logisticGradient, pad, padTransposed, unpad} from './mlp';
export {convolutionScratch, convolve, convolveBackFilter, convolveBackInput, setConvolution} from './convolution';
export {combine, repeat} from './elementwise';
export {sum} from './reduce';
export {adam, momentum, rmsprop} from './optimizers';
export {normalize} from './batch-norm';
