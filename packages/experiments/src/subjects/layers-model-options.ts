export interface LayersModelOptions {
  /** `two-spirals:<seed>`, or a safetensors file. */
  readonly data: string;
  /** The first so many examples stand for all. Default: 256 of pictures, all of others. */
  readonly examples?: number | undefined;
  /** `portable`, or a backend. */
  readonly backend: string;
}
