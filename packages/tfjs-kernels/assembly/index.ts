export {multiply, multiplyScratch} from './multiply';
export {multiplyLayer, multiplyLayerTransposed, pad, padTransposed, sumRows, unpad} from './mlp';
export {convolutionScratch, convolve, convolveBackFilter, convolveBackInput, setConvolution} from './convolution';
