import {expect, test} from 'vitest';
import {dawnBackend} from './dawn.ts';
import {type Gpu, type GpuAdapterInfo, isSoftware, startWebGpu} from './webgpu-backend.ts';

const swiftShader: GpuAdapterInfo = {
  vendor: 'google',
  architecture: 'swiftshader',
  description: 'SwiftShader driver 5.0.0',
};

test('software adapters are known by their names, or by their own word', () => {
  expect(isSoftware(swiftShader)).toBe(true);
  expect(isSoftware({vendor: 'mesa', description: 'llvmpipe (LLVM 19.1.7, 256 bits)'})).toBe(true);
  expect(isSoftware({vendor: 'microsoft', description: 'Microsoft Basic Render Driver'})).toBe(true);
  expect(isSoftware({isFallbackAdapter: true})).toBe(true);
  expect(isSoftware({vendor: 'nvidia', architecture: 'hopper', description: 'NVIDIA H200'})).toBe(false);
  expect(isSoftware({})).toBe(false);
});

test('a software adapter that was not asked for is refused by name', async () => {
  const gpu = {requestAdapter: async () => ({info: swiftShader})};
  await expect(startWebGpu(gpu, {})).rejects.toMatchObject({
    reason: 'only a software adapter was found (SwiftShader driver 5.0.0)',
    remedy: 'use wasm, which is faster, or ask for software adapters',
  });
});

test('a machine without any adapter is told what it lacks', async () => {
  await expect(startWebGpu({requestAdapter: async () => null}, {software: true})).rejects.toThrow(
    'got: no GPU adapter was found; install a Vulkan, Metal or Direct3D 12 driver',
  );
});

test('Node without the package `webgpu` is told how to get it', async () => {
  const absent = Object.assign(new Error("Cannot find package 'webgpu' imported from /x.js"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  await expect(dawnBackend(() => Promise.reject(absent)).start({})).rejects.toMatchObject({
    reason: 'webgpu is not installed',
    remedy: 'npm install webgpu @tensorflow/tfjs-backend-webgpu',
  });
});

const denied = new DOMException('the GPU process is gone', 'OperationError');

test('a request for an adapter that fails is no fault of the program', async () => {
  const gpu = {requestAdapter: () => Promise.reject(denied)};
  await expect(startWebGpu(gpu, {})).rejects.toMatchObject({
    name: 'BackendUnavailableError',
    reason: 'the GPU process is gone',
    remedy: 'update the GPU driver, or use wasm',
  });
});

test.each<[what: string, create: () => Gpu, reason: string]>([
  ['has no adapter', () => ({requestAdapter: async () => null}), 'no GPU adapter was found'],
  [
    'cannot be made',
    () => {
      throw new Error('no driver');
    },
    'no driver',
  ],
])('nothing of Dawn stays behind where it %s', async (_, create, reason) => {
  const dawn = {create, globals: {GPUBufferUsage: {MAP_READ: 1}}};
  await expect(dawnBackend(async () => dawn).start({})).rejects.toMatchObject({
    name: 'BackendUnavailableError',
    reason,
  });
  expect('GPUBufferUsage' in globalThis).toBe(false);
  expect('gpu' in navigator).toBe(false);
});
