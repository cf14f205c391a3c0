export {loadRuntime} from './node/load-runtime.ts';
export {openOnnx} from './node/open-onnx.ts';
