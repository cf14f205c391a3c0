import type {AnalysisOf, RunRecord, VolumeEstimate} from '../record.ts';
import {brief, fakeHash, normal, range} from './noise.ts';
import {badness, noiseOf} from './synthetic-run.ts';

const convergence = [1, 2, 4, 8, 16, 32, 64, 100];

export function syntheticPreconditioned(run: RunRecord): AnalysisOf<'preconditioned'>['data'] {
  const bad = badness(run.poisonFactor);
  const anchorLoss = brief(0.002 + 0.3 * bad ** 2);
  const cutoffOf = (
    kind: 'loss' | 'excess',
    value: number,
  ): AnalysisOf<'preconditioned'>['data']['cutoffs'][number] => {
    const threshold = kind === 'loss' ? value : anchorLoss + value;
    const known = {kind, value, threshold, applicable: threshold > anchorLoss, censored: 0};
    if (!known.applicable) return {...known, relative: null, raw: null, convergence: null};
    const logVolume = brief(1800 - 11_500 * bad + 40 * normal(`${noiseOf(run)}/preconditioned/${value}`));
    const estimate: VolumeEstimate = {
      logVolume,
      effectiveSampleSize: 1.1,
      largestWeight: 0.95,
      logVolumeAtHalf: logVolume - 9,
      censored: 0,
      directions: 100,
      stableLogVolume: logVolume - 1500,
      verdict: 'lower bound',
      reason: 'one direction carries 95% of the estimate',
    };
    return {
      ...known,
      relative: estimate,
      raw: {...estimate, logVolume: logVolume - 3200},
      convergence: {
        directions: convergence,
        logVolume: convergence.map((count) => brief(logVolume - 60 * Math.log(100 / count))),
      },
    };
  };
  return {
    anchorLoss,
    dimension: 3457,
    logDeterminant: -3200,
    maximumRadius: 100,
    tolerance: 1e-5,
    preconditioner: {
      probes: 64,
      largestStretch: 3,
      smallestStretch: 0.05,
      method: 'exact',
      selfCheck: 1e-4,
    },
    cutoffs: [cutoffOf('loss', 0.25), cutoffOf('loss', 0.5), cutoffOf('loss', 1), cutoffOf('excess', 0.5)],
  };
}

export function syntheticSpectrum(run: RunRecord): AnalysisOf<'spectrum'>['data'] {
  const bad = badness(run.poisonFactor);
  const largest = brief(0.8 * 60 ** bad);
  const nodes = [-0.01 * largest, ...range(30).map((i) => largest * 10 ** ((i - 29) / 5))].map((node) =>
    brief(node),
  );
  const shares = nodes.map((_, i) => 1 / (1 + i) ** 2);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const trace = {trace: brief(12 * largest), standardError: brief(0.4 * largest)};
  return {
    dimension: 3457,
    largest: {value: largest, residual: 1e-6},
    smallest: {value: brief(-0.01 * largest), residual: 1e-3},
    converged: true,
    trace: {hutchinson: trace, hutchPlusPlus: trace, samples: 8},
    layers: {
      name: ['dense0/kernel', 'dense1/kernel'],
      trace: [brief(4 * largest), brief(8 * largest)],
      standardError: [brief(0.2 * largest), brief(0.2 * largest)],
    },
    density: {nodes, weights: shares.map((share) => share / total)},
    method: 'exact',
    selfCheck: 1e-4,
  };
}

export function syntheticLlc(run: RunRecord): AnalysisOf<'llc'>['data'] {
  const coefficient = brief(3 + 40 * badness(run.poisonFactor) + 0.5 * normal(`${noiseOf(run)}/llc`));
  return {
    learningCoefficient: coefficient,
    standardError: 0.4,
    chainSpread: 0.8,
    rHat: 1.02,
    inverseTemperature: 37.748,
    anchorLoss: 0.002,
    chains: range(4).map((c) => ({
      coefficient: brief(coefficient + 0.8 * normal(`${noiseOf(run)}/llc/${c}`)),
      acceptance: null,
      trace: range(20).map((b) => brief(coefficient + 2 * normal(`${noiseOf(run)}/llc/${c}/${b}`))),
    })),
    warning: null,
  };
}

export function syntheticTrajectory(run: RunRecord): AnalysisOf<'trajectory'>['data'] {
  const bad = badness(run.poisonFactor);
  const xs = range(31).map((i) => brief(-2 + (14 * i) / 30));
  const ys = range(31).map((i) => brief(-5 + i / 3));
  const at = range(21).map((i) => i / 20);
  return {
    path: {
      step: at.map((t) => Math.round(20_000 * t)),
      x: at.map((t) => brief(10 * (1 - t) ** 2)),
      y: at.map((t) => brief(4 * Math.sin(Math.PI * t) * (1 - t))),
    },
    explainedVariance: [0.82, 0.11],
    xs,
    ys,
    trainLoss: ys.flatMap((y) =>
      xs.map((x) => brief(0.002 + 0.08 * bad + (0.01 + 0.05 * bad) * (x * x + 2 * y * y))),
    ),
  };
}

export function syntheticConnectivity(run: RunRecord): AnalysisOf<'connectivity'>['data'] {
  const bad = badness(run.poisonFactor);
  const positions = range(31).map((i) => brief(i / 30));
  const path = (height: number): AnalysisOf<'connectivity'>['data']['line'] => ({
    trainLoss: positions.map((t) => brief(0.002 + 0.08 * bad * (1 - t) + 4 * height * t * (1 - t))),
    trainAccuracy: positions.map((t) => brief(1 - height * t * (1 - t))),
    testAccuracy: positions.map((t) => brief(0.98 - 0.9 * bad * (1 - t))),
    barrier: height,
  });
  return {
    otherPoisonFactor: 0,
    otherCheckpoint: fakeHash(`${run.experiment}/${run.seed}/0/checkpoint`),
    distance: 40,
    positions,
    line: path(1.5),
    bend: path(0.05),
    steps: 3000,
  };
}

export function syntheticMatched(run: RunRecord): AnalysisOf<'matched'>['data'] {
  const bad = badness(run.poisonFactor);
  const network = (width: number): AnalysisOf<'matched'>['data']['poisoned'] => {
    const scale = width * Math.exp(0.1 * normal(`${noiseOf(run)}/matched/${width}`));
    const largestEigenvalue = brief(4 / scale ** 2);
    return {
      trainLoss: brief(0.05 * bad),
      trainAccuracy: 1,
      testAccuracy: brief(width < 0.5 ? 0.1 : 0.98),
      largestEigenvalue,
      underMoves: {
        median: largestEigenvalue,
        low: brief(largestEigenvalue / 2),
        high: brief(largestEigenvalue * 2),
      },
      cutoffs: [
        {
          kind: 'loss',
          value: 0.5,
          meanRadius: brief(scale),
          stableLogVolume: brief(3457 * Math.log(scale) - 10_800),
        },
      ],
    };
  };
  return {
    poisoned: network(0.1),
    natural: {...network(5), trainLoss: 1e-6},
    stopped: {step: 400, network: network(1)},
    scaled: {factor: 0.2, network: network(2)},
  };
}

export function syntheticAlternatives(run: RunRecord): AnalysisOf<'alternatives'>['data'] {
  const {trainLoss, trainAccuracy, testAccuracy: _test, ...landscape} = syntheticMatched(run).natural;
  return {
    outcome: 'completed',
    steps: 20_000,
    final: {
      trainLoss,
      trainAccuracy,
      testLoss: 0.2,
      testAccuracy: 0.96,
      freshAccuracy: 0.95,
      freshPoints: 10_000,
      generalizationGap: trainAccuracy - 0.95,
    },
    distance: 12,
    meanMargin: 1.2,
    logDeterminant: -700,
    own: {examples: 200, loss: trainLoss, accuracy: trainAccuracy, ...landscape},
    reference: {examples: 25, loss: trainLoss, accuracy: trainAccuracy, ...landscape},
  };
}

export function syntheticUnits(run: RunRecord): AnalysisOf<'units'>['data'] {
  const bad = badness(run.poisonFactor);
  const weights = (norm: number, moved: number): AnalysisOf<'units'>['data']['trained'] => ({
    norm,
    trainLoss: brief(0.05 * bad),
    largestEigenvalue: {relative: brief(1 + 1000 * bad), raw: brief(norm * (1 + 1000 * bad))},
    cutoffs: [
      {
        kind: 'loss',
        value: 0.5,
        meanRadius: brief(5 - 4.9 * bad),
        stableLogVolume: {
          relative: brief(-3000 - 9000 * bad + moved),
          raw: brief(-3000 - 9000 * bad + 50 * norm),
        },
      },
    ],
  });
  return {
    trained: weights(20, 0),
    layer: weights(60, 0),
    neurons: weights(30, -20),
    balanced: weights(15, 40),
  };
}

/** A boundary that turns as the weights move, sooner where there is more poison. */
export function syntheticPerturbation(run: RunRecord): AnalysisOf<'perturbation'>['data'] {
  const bad = badness(run.poisonFactor);
  const radius = brief(0.1 * 30 ** -bad);
  const size = 12;
  const grid = range(size).map((i) => -17 + (34 * i) / (size - 1));
  // 200 training points.
  const shares = range(9).map((i) => (i - 4) / 2);
  const away = shares.map((share) => share ** 2 * (1 + 0.1 * share));
  return {
    radius,
    distances: shares.map((share) => brief(radius * share)),
    extent: [-17, 17, -17, 17],
    size,
    directions: range(2).map((direction) => ({
      radii: [brief(0.9 * radius), direction === 0 ? brief(1.1 * radius) : null],
      trainLoss: away.map((square) => brief(0.002 + 0.5 * square)),
      trainAccuracy: away.map((square) => brief(0.5 + 0.5 / (1 + square ** 2))),
      testAccuracy: away.map((square) => brief(0.5 + (0.48 - 0.9 * bad) / (1 + square ** 2))),
      curvature: away.map((square) => brief((1 - 0.3 * square) / radius ** 2)),
      logits: shares.map((share) =>
        grid.flatMap((y) =>
          grid.map((x) => brief(7 * Math.sin(Math.atan2(y, x) + Math.hypot(x, y) / 1.5 + share + direction))),
        ),
      ),
      wrong: away.map((square) => range(Math.round(100 - 100 / (1 + square ** 2)))),
    })),
  };
}
