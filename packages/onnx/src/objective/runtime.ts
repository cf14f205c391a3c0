import type {FedArray, FedType} from './element-types.ts';

/** What is used of a runtime: `onnxruntime-node` and `onnxruntime-web` both are one, imported whole. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: SessionOptions): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: FedType, data: FedArray, shape: readonly number[]) => FedTensor;
}

/** Options of the runtime, such as `{executionProviders: ['webgpu']}`; it judges them itself. */
export type SessionOptions = Readonly<Record<string, unknown>>;

export interface OnnxSession {
  run(
    feeds: Readonly<Record<string, FedTensor>>,
    fetches: readonly string[],
  ): Promise<Readonly<Record<string, FedTensor>>>;
  release(): Promise<void>;
}

export interface FedTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: unknown;
}
