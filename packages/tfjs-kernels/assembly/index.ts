export {multiply, multiplyScratch} from './multiply';
export {multiplyLayer, multiplyLayerTransposed, pad, padTransposed, sumRows, unpad} from './mlp';
export {convolutionScratch, convolve, convolveBackFilter, convolveBackInput, setConvolution} from './convolution';
export {combine, repeat} from './elementwise';
export {sum} from './reduce';
export {adam, momentum, rmsprop} from './optimizers';
export {normalize} from './batch-norm';
