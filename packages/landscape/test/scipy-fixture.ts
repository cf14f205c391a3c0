import {readFileSync} from 'node:fs';

export interface ScipyFixture {
  readonly tridiagonal: readonly {
    readonly diagonal: readonly number[];
    readonly offDiagonal: readonly number[];
    readonly values: readonly number[];
    readonly firstSquared: readonly number[];
    readonly lastSquared: readonly number[];
  }[];
  readonly symmetric: readonly {
    readonly size: number;
    readonly matrix: readonly number[];
    readonly values: readonly number[];
  }[];
  readonly principal: {
    readonly parameters: number;
    readonly trajectory: readonly number[];
    readonly explainedVariance: readonly number[];
    readonly projections: readonly number[];
  };
  readonly gaussianBall: readonly {
    readonly dimension: number;
    readonly radius: number;
    readonly offset: number;
    readonly value: number;
  }[];
  readonly radialMass: readonly {
    readonly dimension: number;
    readonly radius: number | null;
    readonly deviation: number;
    readonly anchorSquared: number;
    readonly along: number;
    readonly raySquared: number;
    readonly value: number;
  }[];
}

/** Values computed with SciPy by fixtures/make-scipy.py. */
export const scipyFixture = JSON.parse(
  readFileSync(new URL('./fixtures/scipy.json', import.meta.url), 'utf8'),
) as ScipyFixture;
