import * as z from 'zod';

/**
 * Ways to draw the first weights. Normal, with a standard deviation of
 * - `kaiming-normal`: √(2 / fan in), biases 0 (He et al. 2015, gain of the ReLU)
 * - `xavier-normal`: √(2 / (fan in + fan out)), biases 0 (Glorot & Bengio 2010)
 *
 * or uniform on ±bound, with a bound of
 * - `kaiming-uniform`: √(6 / fan in), biases 0 (the same variance)
 * - `xavier-uniform`: √(6 / (fan in + fan out)), biases 0 (the same variance as `xavier-normal`)
 * - `fan-in-uniform`: 1 / √(fan in) for weights and biases alike (PyTorch's default for linear and convolution layers)
 */
export const initializationSchema = z.enum([
  'kaiming-normal',
  'kaiming-uniform',
  'xavier-normal',
  'xavier-uniform',
  'fan-in-uniform',
]);

export type Initialization = z.infer<typeof initializationSchema>;
