import type {EvaluationOptions, Objective} from '@minefield/core';
import type {Request} from './conversation.ts';
import type {Evaluator} from './evaluator.ts';
import {MOST_PAYLOAD_BYTES} from './frame.ts';
import {float32From, float64From} from './numbers.ts';
import {refusal} from './refusal.ts';

/** Every method that an objective may have, in requests to an evaluator. */
export interface Requests {
  readonly losses: Objective['loss'];
  readonly lossesAlong: NonNullable<Objective['lossAlong']>;
  readonly gradient: NonNullable<Objective['gradient']>;
  readonly hessianVector: NonNullable<Objective['hessianVector']>;
  readonly predictions: NonNullable<Objective['predictions']>;
}

/** Points are sent at most as many at once as the evaluator wants, and no request is longer than the protocol allows. */
export function requestsFor(evaluator: Pick<Evaluator, 'hello' | 'ask'>): Requests {
  const {dimension, batch, can, examples: all, classes} = evaluator.hello;
  const points = Math.max(1, Math.min(batch, Math.floor(MOST_PAYLOAD_BYTES / (4 * dimension)) - 2));

  const evaluation = ({limit, examples}: EvaluationOptions) => {
    if (examples) checkExamples(examples);
    return {
      header: {
        ...(examples && {examples: examples.length}),
        ...(limit !== undefined && Number.isFinite(limit) && can.has('limit') && {limit}),
      },
      parts: examples ? [examples] : [],
    };
  };

  function checkExamples(examples: Uint32Array): void {
    if (!can.has('examples') || all === null) {
      throw refusal(
        'an evaluation over all examples',
        `${examples.length} of them`,
        'this evaluator takes none by themselves',
      );
    }
    const beyond = examples.find((example) => example >= all);
    if (beyond === undefined && examples.length > 0) return;
    throw refusal(
      `examples from 0 to ${all - 1}`,
      beyond === undefined ? 'none' : `${beyond}`,
      'name some of them',
    );
  }

  const pointsIn = (thetas: Float32Array): number => {
    const count = thetas.length / dimension;
    if (thetas instanceof Float32Array && Number.isInteger(count)) return count;
    throw refusal(
      `points of ${dimension} parameters`,
      `${thetas.length} numbers`,
      'give [K, P] in a Float32Array',
    );
  };

  const checkPoint = (what: string, point: Float32Array): void => {
    if (point instanceof Float32Array && point.length === dimension) return;
    throw refusal(`${what} of ${dimension} numbers`, `${point.length}`, 'give [P] in a Float32Array');
  };

  /**
   * Asks for so many points after one another, and puts the answers into one array. That is made once an answer has come: its
   * length is what the evaluator says, and the first answer has kept to it.
   */
  const inBatches = async <T extends Float32Array | Float64Array>(
    count: number,
    make: () => T,
    ask: (from: number, to: number) => Promise<T>,
    most = points,
  ): Promise<T> => {
    if (count === 0) return make();
    const first = await ask(0, Math.min(count, most));
    if (count <= most) return first;
    const out = make();
    const each = out.length / count;
    out.set(first);
    for (let from = most; from < count; from += most) {
      out.set(await ask(from, Math.min(count, from + most)), from * each);
    }
    return out;
  };

  const losses: Requests['losses'] = async (thetas, options = {}) => {
    const count = pointsIn(thetas);
    const {header, parts} = evaluation(options);
    return inBatches<Float64Array>(
      count,
      () => new Float64Array(count),
      async (from, to) => {
        const some = thetas.subarray(from * dimension, to * dimension);
        const request: Request = {
          header: {do: 'losses', count: to - from, ...header},
          parts: [...parts, some],
          answerBytes: 8 * (to - from),
        };
        return float64From(await evaluator.ask(() => request, options.signal));
      },
    );
  };

  const lossesAlong: Requests['lossesAlong'] = async (anchor, rays, distances, options = {}) => {
    const count = pointsIn(rays);
    checkPoint('an anchor', anchor);
    if (!(distances instanceof Float64Array) || distances.length !== count) {
      throw refusal(`${count} distances`, `${distances.length}`, 'give one for each ray, in a Float64Array');
    }
    const {header, parts} = evaluation(options);
    return inBatches<Float64Array>(
      count,
      () => new Float64Array(count),
      async (from, to) => {
        const answer = await evaluator.ask((table) => {
          const isNew = table.keepAnchor(anchor);
          const {rows, freshRows, fresh} = table.keepRays(rays.subarray(from * dimension, to * dimension));
          return {
            header: {do: 'losses-along', count: to - from, fresh: freshRows.length, anchor: isNew, ...header},
            // Those of 8 bytes first, so that each lies at a multiple of its size.
            parts: [
              distances.subarray(from, to),
              rows,
              freshRows,
              ...parts,
              ...(isNew ? [anchor] : []),
              fresh,
            ],
            answerBytes: 8 * (to - from),
          };
        }, options.signal);
        return float64From(answer);
      },
    );
  };

  const atPoint = async (
    what: 'gradient' | 'hessian-vector',
    vectors: readonly Float32Array[],
    options: EvaluationOptions,
  ): Promise<Float32Array> => {
    for (const vector of vectors)
      checkPoint(what === 'gradient' ? 'a point' : 'a point and a vector', vector);
    const {header, parts} = evaluation({...options, limit: Infinity});
    const request: Request = {
      header: {do: what, ...header},
      parts: [...parts, ...vectors],
      answerBytes: 4 * dimension,
    };
    return float32From(await evaluator.ask(() => request, options.signal));
  };

  const predictions: Requests['predictions'] = async (thetas, options = {}) => {
    const count = pointsIn(thetas);
    const {header, parts} = evaluation({...options, limit: Infinity});
    const each = (options.examples?.length ?? all ?? 0) * (classes ?? 0);
    const fitting = Math.floor(MOST_PAYLOAD_BYTES / (4 * each));
    if (fitting === 0) {
      throw refusal(
        `predictions of at most ${MOST_PAYLOAD_BYTES} bytes`,
        `${4 * each}`,
        'name fewer examples',
      );
    }
    const ask = async (from: number, to: number): Promise<Float32Array<ArrayBuffer>> => {
      const request: Request = {
        header: {do: 'predictions', count: to - from, ...header},
        parts: [...parts, thetas.subarray(from * dimension, to * dimension)],
        answerBytes: 4 * each * (to - from),
      };
      return float32From(await evaluator.ask(() => request, options.signal));
    };
    return inBatches<Float32Array>(
      count,
      () => new Float32Array(count * each),
      ask,
      Math.min(points, fitting),
    );
  };

  return {
    losses,
    lossesAlong,
    gradient: (theta, options = {}) => atPoint('gradient', [theta], options),
    hessianVector: (theta, vector, options = {}) => atPoint('hessian-vector', [theta, vector], options),
    predictions,
  };
}
