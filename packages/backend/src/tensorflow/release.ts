/** A file of a package registry, fetched by that registry's own client; whatever has another hash is refused. */
export interface PinnedFile {
  readonly client: 'pip' | 'npm';
  readonly name: string;
  readonly version: string;
  /** Length in bytes. */
  readonly bytes: number;
  readonly sha256: string;
}

/** What a build is made of. A build of another recipe is not used, so a change to how it is made raises the number. */
export const RECIPE = 1;

/** TensorFlow's C library with its headers, of the newest release that was tried. */
export const TENSORFLOW_VERSION = '2.21.0';

/** Wheels are made for one Python each; which does not matter to the library in them, and its hash is that of this one. */
export const WHEEL_PYTHON = '3.12';

/** The addon's sources and the kernels that call it, and the headers of Node's stable interface for addons. */
const sources: readonly PinnedFile[] = [
  npm(
    '@tensorflow/tfjs-node',
    '4.22.0',
    228166,
    'd38a448a705efc6e655a080f896b3af646ae39dffbfe9c90b06cb9fc3a2b9358',
  ),
  npm('node-api-headers', '1.9.0', 16974, '6cbfac49542194ae2c8f1dee5fa2dc00d66bec9cbf3b59e3a4e5f16d14eb0d19'),
];

/** TensorFlow for CPUs alone, by `process.arch`. */
const cpu: Readonly<Record<string, PinnedFile>> = {
  x64: pip(
    'tensorflow-cpu',
    TENSORFLOW_VERSION,
    274000871,
    'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
  ),
  arm64: pip(
    'tensorflow',
    TENSORFLOW_VERSION,
    281946471,
    'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
  ),
};

/** TensorFlow for GPUs of NVIDIA, with the parts of CUDA 12 that its own package names as `and-cuda`. */
const gpu: readonly PinnedFile[] = [
  pip(
    'tensorflow',
    TENSORFLOW_VERSION,
    572611111,
    'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
  ),
  pip(
    'nvidia-cublas-cu12',
    '12.9.3.13',
    581217458,
    'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
  ),
  pip(
    'nvidia-cuda-cupti-cu12',
    '12.9.79',
    10814997,
    '096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f',
  ),
  pip(
    'nvidia-cuda-nvcc-cu12',
    '12.9.86',
    40546229,
    '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
  ),
  pip(
    'nvidia-cuda-nvrtc-cu12',
    '12.9.86',
    89568129,
    '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
  ),
  pip(
    'nvidia-cuda-runtime-cu12',
    '12.9.79',
    3493179,
    '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
  ),
  pip(
    'nvidia-cudnn-cu12',
    '9.28.0.42',
    716538495,
    '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
  ),
  pip(
    'nvidia-cufft-cu12',
    '11.4.1.4',
    200877592,
    'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
  ),
  pip(
    'nvidia-curand-cu12',
    '10.3.10.19',
    68295626,
    '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
  ),
  pip(
    'nvidia-cusolver-cu12',
    '11.7.5.82',
    338117415,
    '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
  ),
  pip(
    'nvidia-cusparse-cu12',
    '12.5.10.65',
    366465088,
    '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
  ),
  pip(
    'nvidia-nccl-cu12',
    '2.32.3',
    351526311,
    'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
  ),
  pip(
    'nvidia-nvjitlink-cu12',
    '12.9.86',
    39748338,
    'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
  ),
];

/**
 * What a build is made of, or null where there is none for the machine: TensorFlow publishes its library for Linux on x64
 * and on arm64, the latter for CPUs alone.
 *
 * @param platform as `process.platform` names it
 * @param arch as `process.arch` names it
 */
export function filesFor(platform: string, arch: string, forGpu: boolean): readonly PinnedFile[] | null {
  if (platform !== 'linux') return null;
  if (forGpu) return arch === 'x64' ? [...sources, ...gpu] : null;
  const library = cpu[arch];
  return library === undefined ? null : [...sources, library];
}

function pip(name: string, version: string, bytes: number, sha256: string): PinnedFile {
  return {client: 'pip', name, version, bytes, sha256};
}

function npm(name: string, version: string, bytes: number, sha256: string): PinnedFile {
  return {client: 'npm', name, version, bytes, sha256};
}
