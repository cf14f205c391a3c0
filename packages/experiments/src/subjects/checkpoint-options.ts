export interface CheckpointOptions {
  /** Such as `mlp:2-23-16-1`. Default: what the checkpoint's metadata say. */
  readonly model?: string;
  /**
   * `two-spirals:<seed>`, a safetensors file, or for a network trained on SVHN the file of its images. Default: what the
   * checkpoint was trained on, where that can be drawn again.
   */
  readonly data?: string;
  /** The first so many examples stand for all. Default: 256 of pictures, all of others. */
  readonly examples?: number;
  /** `portable`, or a backend. */
  readonly backend: string;
}
