/**
 * How TensorFlow runs unless the environment says otherwise. It reads these variables when its library is loaded.
 *
 * One thread: parallel work is one process, one backend, and sums split among threads would have bits that depend on how
 * many cores a machine has. Products in full float32, where GPUs would round factors to 10 bits. Several processes share a
 * GPU, so that none may take all of its memory at the start. Products by oneDNN: TensorFlow takes them by itself where a
 * processor has AVX-512 VNNI, and its own elsewhere, which sum otherwise for one network than for several.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  TF_DETERMINISTIC_OPS: '1',
  TF_ENABLE_ONEDNN_OPTS: '1',
  NVIDIA_TF32_OVERRIDE: '0',
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  // Errors only: it would greet whoever starts it.
  TF_CPP_MIN_LOG_LEVEL: '2',
};

/** The variables that are not set in an environment. */
export function missingSettings(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(SETTINGS).filter(([name]) => environment[name] === undefined));
}
