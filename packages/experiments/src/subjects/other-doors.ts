/** The remedy for a network that no checkpoint says enough of, as the command line has it. */
export const OTHER_DOORS =
  'measure it where it is with --evaluator, saved by Keras or TensorFlow.js as a --layers-model, or exported with --onnx';
