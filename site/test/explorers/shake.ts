import {createGenerator} from '@minefield/core';
import {filterNormalizedDirection, relativeCoordinates} from '@minefield/landscape';
import type {Page} from 'playwright-core';
import {expect, it} from 'vitest';
import {distanceAt} from '../../src/explorers/shake/places.ts';
import {type Network, analysisOf, committedNetwork, oddsAt} from './networks.ts';
import {type OpenExplorer, desktop, eventually, phone} from './open-explorer.ts';
import {thorough} from './thorough.ts';

const SHAKE = '#explore-shake';
const SLIDER = `${SHAKE} input[type=range]`;

function shown(page: Page, place: number): Promise<void> {
  return page.locator(`${SHAKE} [data-place="${place}"]`).waitFor();
}

async function flipped(page: Page, network: 'good' | 'bad'): Promise<readonly number[]> {
  const text = await page.locator(`${SHAKE} [data-network=${network}]`).getAttribute('data-flipped');
  return text === null || text === '' ? [] : text.split(' ').map(Number);
}

/** Training points on another side than at the minimum, after a step of a relative distance along a direction of any length. */
async function flippedAt(
  network: Network,
  direction: Float32Array,
  distance: number,
): Promise<readonly number[]> {
  const {model, theta, inputs} = network;
  const {scale} = relativeCoordinates(theta, model.layout);
  let squares = 0;
  scale.forEach((unit, i) => {
    if (unit > 0) squares += ((direction[i] ?? 0) / unit) ** 2;
  });
  const moved = theta.map((value, i) => value + (distance * (direction[i] ?? 0)) / Math.sqrt(squares));
  const [before, after] = [await oddsAt(network, inputs), await oddsAt({...network, theta: moved}, inputs)];
  return [...before.keys()].filter((i) => (before[i] ?? 0) > 0 !== (after[i] ?? 0) > 0);
}

export function shakeTests(open: OpenExplorer): void {
  it('flips the points that the committed networks flip, at the same distance', async () => {
    const {page, faults, close} = await open('explore/shake.html?shake.draw=3', desktop);
    await shown(page, 0);
    expect(await flipped(page, 'bad')).toEqual([]);
    const networks = {good: await committedNetwork(1, 0), bad: await committedNetwork(1, 0.8)};
    for (const place of [225, 330, 405]) {
      await page.locator(SLIDER).fill(String(place));
      await shown(page, place);
      for (const which of ['good', 'bad'] as const) {
        const {theta, model} = networks[which];
        const direction = filterNormalizedDirection(theta, model.layout, {
          generator: createGenerator(1, 'shake', 3),
        });
        const expected = await flippedAt(networks[which], direction, distanceAt(place, 'log'));
        expect(await flipped(page, which)).toEqual(expected);
        if (place === 330) expect(expected.length > 100).toBe(which === 'bad');
      }
    }
    expect(faults).toEqual([]);
    await close();
  });

  thorough('goes to the twin, on a linear scale too, by keyboard', async () => {
    const path = 'explore/shake.html?shake.direction=twin&shake.seed=2&shake.scale=linear&shake.place=239';
    const {page, faults, close} = await open(path, desktop);
    await shown(page, 239);
    await page.locator(SLIDER).press('ArrowRight');
    await shown(page, 240);
    const [good, bad] = [await committedNetwork(2, 0), await committedNetwork(2, 0.8)];
    const towards = good.theta.map((value, i) => (bad.theta[i] ?? 0) - value);
    expect(await flipped(page, 'good')).toEqual(await flippedAt(good, towards, distanceAt(240, 'linear')));
    expect(faults).toEqual([]);
    await close();
  });

  thorough(
    'finds the sharpest direction, along which the curvature is the eigenvalue of the record',
    async () => {
      const {page, faults, close} = await open('explore/shake.html?shake.direction=eigenvector', desktop);
      await shown(page, 0);
      const readout = page.locator(`${SHAKE} [data-network=bad] dd`).nth(2);
      await page.waitForFunction((element) => element?.textContent !== '…', await readout.elementHandle());
      const value = Number(((await readout.textContent()) ?? '').replace(',', ''));
      const {largestEigenvalue} = (await analysisOf('curvature', 1, 0.8)).data;
      expect(value / largestEigenvalue.relative).toBeGreaterThan(0.95);
      expect(value / largestEigenvalue.relative).toBeLessThan(1.05);
      expect(faults).toEqual([]);
      await close();
    },
  );

  thorough('plays in steps where less movement is wanted, and frame by frame elsewhere', async () => {
    const stepped = await open('explore/shake.html', desktop);
    await shown(stepped.page, 0);
    await stepped.page.getByRole('button', {name: 'Play'}).click();
    await shown(stepped.page, 24);
    await shown(stepped.page, 48);
    await stepped.page.getByRole('button', {name: 'Pause'}).click();
    expect(stepped.faults).toEqual([]);
    await stepped.close();

    const {page, faults, close} = await open('explore/shake.html?shake.place=200', {
      ...desktop,
      reducedMotion: 'no-preference',
    });
    await shown(page, 200);
    await page.getByRole('button', {name: 'Play'}).click();
    const frames = (): Promise<number> =>
      page
        .locator(`${SHAKE} [data-frame]`)
        .evaluate((element) => Number((element as HTMLElement).dataset['frame']));
    const before = await frames();
    await page.waitForFunction(
      ([selector, from]) =>
        Number(document.querySelector<HTMLElement>(selector)?.dataset['frame']) > from + 20,
      [`${SHAKE} [data-frame]`, before] as const,
    );
    await page.getByRole('button', {name: 'Pause'}).click();
    // At rest it is fine again.
    await page.locator(`${SHAKE} [data-size="140"]`).waitFor();
    await eventually(async () => (await flipped(page, 'bad')).length).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('answers to a finger on a phone, and does not move', async () => {
    const {page, faults, close} = await open('explore/shake.html?shake.place=330', phone);
    const height = async (): Promise<number> => (await page.locator(SHAKE).boundingBox())?.height ?? 0;
    const still = await height();
    await shown(page, 330);
    expect(await height()).toBeCloseTo(still, 0);
    await page.locator(`${SHAKE} .explorer-switch label`).nth(1).tap();
    expect(await page.locator(`${SHAKE} .shake-curves svg`).first().isVisible()).toBe(true);
    expect(await page.locator(`${SHAKE} canvas`).first().isVisible()).toBe(false);
    expect(await height()).toBeCloseTo(still, 0);
    await page.locator(`${SHAKE} .explorer-switch label`).nth(0).tap();
    const before = await flipped(page, 'bad');
    await page.getByRole('button', {name: 'Another direction'}).tap();
    await page.waitForFunction(
      ([selector, old]) => document.querySelector<HTMLElement>(selector)?.dataset['flipped'] !== old,
      [`${SHAKE} [data-network=bad]`, before.join(' ')] as const,
    );
    await page.waitForURL(/shake\.draw=2/);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('shows both networks and their loss along directions without script', async () => {
    const {page, faults, close} = await open('explore/shake.html', {...desktop, javaScriptEnabled: false});
    expect(await page.locator(`${SHAKE} .shake-still image`).count()).toBe(2);
    expect(await page.locator(`${SHAKE} .shake-still path[stroke]`).count()).toBeGreaterThanOrEqual(6);
    expect(await page.locator(SLIDER).isVisible()).toBe(false);
    expect(faults).toEqual([]);
    await close();
  });
}
