export interface CheckpointOptions {
  /** Such as `mlp:2-23-16-1` or `mlp:2-16-1:tanh:bias-free`. Default: what the checkpoint's metadata say. */
  readonly model?: string | undefined;
  /** What follows each layer but the last, where neither the network's name nor the metadata say so, such as `tanh`. */
  readonly activation?: string | undefined;
  /**
   * `two-spirals:<seed>`, a safetensors file (which may hold what the network's own framework made of the examples), or for a network trained on SVHN the file of its images. Default: what the
   * checkpoint was trained on, where that can be drawn again.
   */
  readonly data?: string | undefined;
  /** The first so many examples stand for all. Default: 256 of pictures, all of others. */
  readonly examples?: number | undefined;
  /** `portable`, or a backend. */
  readonly backend: string;
}
