import {type Classifier, createGenerator, type Objective} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {bowlLearningCoefficient} from '../analytic/bowl-learning-coefficient.ts';
import {quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {learningCoefficientOf} from './learning-coefficient.ts';
import {type MinimumOptions, measureMinimum} from './measure-minimum.ts';
import {spectrumOf} from './spectrum.ts';
import type {Subject} from './subject.ts';
import {volumeOf} from './volume.ts';

const eigenvalues = [1, 2, 3, 4];
const bowl = quadraticBowl(eigenvalues);
const {minimum} = bowl;
const few = {
  volume: {cutoff: 0.1, directions: 20_000},
  spectrum: {steps: 4, samples: 4, moves: 2},
  llc: {sampler: 'mala', steps: 4000, inverseTemperature: 100, localization: 1},
} as const;

describe('a minimum in one call', () => {
  it('has the loss, the volume, the spectrum and the learning coefficient of a bowl', async () => {
    const fractions: number[] = [];
    const found = await measureMinimum(bowl, minimum, {
      generator: createGenerator(1),
      name: 'a bowl',
      ...few,
      onProgress: (fraction) => fractions.push(fraction),
    });
    expect(found).toMatchObject({loss: 0, gradientNorm: 0, volume: {subject: 'a bowl', verdict: 'reliable'}});
    expect(Math.abs((found.volume?.logVolume ?? 0) - bowl.logVolume(0.1))).toBeLessThan(0.05);
    expect(found.spectrum?.largest.value).toBeCloseTo(4, 4);
    expect(found.spectrum?.smallest.value).toBeCloseTo(1, 4);
    const exact = bowlLearningCoefficient(eigenvalues, {inverseTemperature: 100, localization: 1});
    const {learningCoefficient, standardError} = found.llc ?? {};
    expect(Math.abs((learningCoefficient ?? 0) - exact)).toBeLessThan(4 * (standardError ?? 0));
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('is made of parts, each of which its seed repeats', async () => {
    const found = await measureMinimum(bowl, minimum, {generator: createGenerator(7), ...few});
    const subject: Subject = {
      name: 'an objective',
      objective: bowl,
      anchor: minimum,
      examples: null,
      notes: [],
    };
    const seed = found.volume?.seed ?? -1;
    expect(found.volume).toEqual(await volumeOf(subject, {...few.volume, estimator: 'isotropic', seed}));
    expect(found.spectrum).toEqual(await spectrumOf(subject, {...few.spectrum, seed}));
    expect(found.llc).toEqual(await learningCoefficientOf(subject, {...few.llc, chains: 4, seed}));
    const other = await measureMinimum(bowl, minimum, {generator: createGenerator(8), ...few});
    expect(other.volume?.logVolume).not.toBe(found.volume?.logVolume);
  });

  it('leaves out what is not wanted, and tells the length of the gradient beside the minimum', async () => {
    const rest = {volume: false, spectrum: false, llc: false} as const;
    const beside = Float32Array.of(1, 0, 0, 0.5);
    expect(await measureMinimum(bowl, beside, {generator: createGenerator(1), ...rest})).toEqual({
      loss: 1,
      gradientNorm: Math.sqrt(1 + 4),
      volume: null,
      spectrum: null,
      llc: null,
      margins: null,
    });
    const {gradient: _, hessianVector: __, ...lossAlone}: Objective = bowl;
    const found = await measureMinimum(lossAlone, beside, {generator: createGenerator(1), ...rest});
    expect(found.gradientNorm).toBeNull();
  });

  it('checks products on the examples that it is told of, and takes n / ln n by them', async () => {
    const asked = new Set<number>();
    const averaged: Objective = {
      ...bowl,
      hessianVector: (theta, vector, evaluation) => {
        if (evaluation?.examples) asked.add(evaluation.examples.length);
        return bowl.hessianVector(theta, vector);
      },
    };
    const found = await measureMinimum(averaged, minimum, {
      generator: createGenerator(1),
      examples: 50,
      volume: false,
      spectrum: few.spectrum,
      llc: {steps: 10},
    });
    expect([...asked]).toEqual([1]);
    expect(found.llc?.inverseTemperature).toBeCloseTo(50 / Math.log(50), 10);
  });

  it.each([
    ['circles', {maximum: 10}],
    ['DeepFool', {}],
  ])('has the margins of a straight boundary by %s', async (method, settings) => {
    // Class 1 lies where 3 x + 4 y > 5.
    const line = (x: number, y: number): number => 3 * x + 4 * y - 5;
    const inputs = Float32Array.of(0, 0, 3, 4, -1, 2);
    const classifier: Classifier = {
      dimension: 2,
      classes: 2,
      logits: (at) =>
        Promise.resolve(
          Float32Array.from({length: at.length / 2}, (_, i) => line(at[2 * i] ?? 0, at[2 * i + 1] ?? 0)),
        ),
      inputGradient: (at) => Promise.resolve(at.map((_, i) => (i % 2 === 0 ? 3 : 4))),
    };
    const fractions: number[] = [];
    const found = await measureMinimum(bowl, minimum, {
      generator: createGenerator(1),
      volume: false,
      spectrum: false,
      llc: false,
      margins: {classifier, inputs, ...settings},
      onProgress: (fraction) => fractions.push(fraction),
    });
    const exact = [0, 1, 2]
      .map((i) => Math.abs(line(inputs[2 * i] ?? 0, inputs[2 * i + 1] ?? 0)) / 5)
      .toSorted();
    expect(found.margins).toMatchObject({method, inputs: 3, missing: 0});
    // Circles look at 64 angles, and shorten the way from the best of them.
    expect(found.margins?.mean).toBeCloseTo(exact.reduce((a, b) => a + b, 0) / 3, 2);
    expect(found.margins?.minimum).toBeCloseTo(exact[0] ?? 0, 2);
    expect(found.margins?.median).toBeCloseTo(exact[1] ?? 0, 2);
    expect(fractions.at(-1)).toBe(1);
    const misspelt = {classifier, inputs, angels: 3} as unknown as MinimumOptions['margins'];
    await expect(
      measureMinimum(bowl, minimum, {
        generator: createGenerator(1),
        volume: false,
        spectrum: false,
        llc: false,
        margins: misspelt,
      }),
    ).rejects.toThrow(/landscape\.deepFoolMargins: expected options among/);
  });

  it('says which setting of a part nobody reads', async () => {
    const options = {generator: createGenerator(1), volume: {direction: 3} as object};
    await expect(measureMinimum(bowl, minimum, options)).rejects.toThrow(
      /landscape\.volumeOf: expected options among .*, got "direction"; did you mean "directions"\?/,
    );
  });
});
