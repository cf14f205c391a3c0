/** Trains networks of images on WebGPU in a process of its own, and prints how far from PyTorch they end, as JSON. */
import {startBackend} from '@minefield/backend/node';
import {missAfterThreeSteps} from './pytorch-steps.ts';

const {name, device} = await startBackend({name: 'webgpu', software: true});
const [convNet, resNet] = [
  await missAfterThreeSteps('small-conv-net'),
  await missAfterThreeSteps('small-res-net'),
];
console.log(JSON.stringify({name, device, convNet, resNet}));
