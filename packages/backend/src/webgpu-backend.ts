import {activate, messageOf} from './activate.ts';
import {type BackendOptions, BackendUnavailableError, type RunningBackend} from './backend.ts';

/** What is asked of `navigator.gpu`, in a browser as in Node. */
export interface Gpu {
  requestAdapter(options?: {readonly powerPreference?: 'high-performance'}): Promise<GpuAdapter | null>;
}

export interface GpuAdapter {
  readonly info?: GpuAdapterInfo;
}

export interface GpuAdapterInfo {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly description?: string;
  readonly isFallbackAdapter?: boolean;
}

const REMEDY = 'update the GPU driver, or use wasm';

/**
 * Starts WebGPU on the adapter that `navigator.gpu` prefers, unless that is a software one that was not asked for.
 *
 * @throws {BackendUnavailableError} where there is no adapter, or `@tensorflow/tfjs-backend-webgpu` is missing
 */
export async function startWebGpu(gpu: Gpu, {software = false}: BackendOptions): Promise<RunningBackend> {
  const adapter = await gpu.requestAdapter({powerPreference: 'high-performance'}).catch((error: unknown) => {
    throw new BackendUnavailableError('webgpu', messageOf(error), REMEDY, error);
  });
  if (adapter === null) {
    throw new BackendUnavailableError(
      'webgpu',
      'no GPU adapter was found',
      'install a Vulkan, Metal or Direct3D 12 driver',
    );
  }
  const device = describeAdapter(adapter.info ?? {});
  if (!software && isSoftware(adapter.info ?? {})) {
    throw new BackendUnavailableError(
      'webgpu',
      `only a software adapter was found (${device})`,
      'use wasm, which is faster, or ask for software adapters',
    );
  }
  try {
    await import('@tensorflow/tfjs-backend-webgpu');
  } catch (error) {
    throw new BackendUnavailableError(
      'webgpu',
      messageOf(error),
      'install @tensorflow/tfjs-backend-webgpu',
      error,
    );
  }
  await activate('webgpu', REMEDY);
  return {kernels: null, device};
}

/** WebGPU has a word for fallback adapters, but Dawn gives SwiftShader without it; so names decide as well. */
export function isSoftware(info: GpuAdapterInfo): boolean {
  return (
    info.isFallbackAdapter === true ||
    /swiftshader|llvmpipe|lavapipe|basic render|warp/i.test(`${info.architecture} ${info.description}`)
  );
}

function describeAdapter({vendor = '', architecture = '', description = ''}: GpuAdapterInfo): string {
  return description || `${vendor} ${architecture}`.trim() || 'an unnamed adapter';
}
