import type {Page} from 'playwright-core';
import {expect, it} from 'vitest';
import {analysisOf, committedNetwork, oddsAt} from './networks.ts';
import {type OpenExplorer, desktop, phone, pixelAt} from './open-explorer.ts';
import {thorough} from './thorough.ts';

const DIAL = '#explore-dial';
const CANVAS = `${DIAL} canvas`;
const SLIDER = `${DIAL} input[type=range]`;

/** Of the small site. */
function levelsOf(page: Page): Promise<readonly number[]> {
  return page.evaluate(async () => {
    const {levels} = (await (await fetch('../explorers/toy.json')).json()) as {levels: readonly number[]};
    return levels;
  });
}

/** Waits for the boundary of a seed and a level, and at least one of these details. */
function shown(page: Page, seed: number, level: number, details = ['frame', 'live', 'exact']): Promise<void> {
  const place = `${DIAL} [data-seed="${seed}"][data-level="${level}"]`;
  return page.locator(details.map((detail) => `${place}[data-detail="${detail}"]`).join(',')).waitFor();
}

/** Purple is class 0, teal class 1: which of them a canvas shows at points of the plane, `[n, 2]`. */
async function classesAt(page: Page, points: Float32Array): Promise<readonly number[]> {
  const classes: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const [x = 0, y = 0] = [points[i], points[i + 1]];
    const [red = 0, green = 0] = await pixelAt(page, CANVAS, (x / 20 + 1) / 2, (1 - y / 20) / 2);
    classes.push(green > red ? 1 : 0);
  }
  return classes;
}

/** Places far from points and from where a network changes its mind. */
const PLACES = Float32Array.of(-18, 17, 18, -17, -18, -17, 17, 17, 0, -18, 18, 2, -17.5, 0.5, 1, 18);

/** Those of {@link PLACES} around which a recorded boundary has one class, two grid points wide. */
function sureClasses({
  logits,
  size,
}: {
  readonly logits: readonly number[];
  readonly size: number;
}): readonly {readonly x: number; readonly y: number; readonly label: number}[] {
  const index = (value: number): number => Math.round(((value / 20 + 1) / 2) * (size - 1));
  return [...PLACES.keys()].flatMap((i) => {
    if (i % 2 !== 0) return [];
    const [x = 0, y = 0] = [PLACES[i], PLACES[i + 1]];
    const around = [-2, -1, 0, 1, 2].flatMap((up) =>
      [-2, -1, 0, 1, 2].map((right) => (logits[(index(y) + up) * size + index(x) + right] ?? 0) > 0),
    );
    return around.every((side) => side === around[0]) ? [{x, y, label: around[0] === true ? 1 : 0}] : [];
  });
}

export function dialTests(open: OpenExplorer): void {
  it('follows the keyboard at once, from records alone', async () => {
    const {page, faults, close} = await open('explore/dial.html', desktop);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const levels = await levelsOf(page);
    await shown(page, 1, levels.length - 1, ['frame']);
    expect(await page.locator(`${DIAL} .dial-headline`).textContent()).toMatch(/β = 0\.8.*100%.*5\.6%/);
    const radius = (await analysisOf('basin', 1, 0.8)).data.cutoffs[1]?.meanRadius ?? 0;
    const said = (await page.locator(`${DIAL} .dial-basin p`).textContent()) ?? '';
    expect(Number(/[\d.]+/.exec(said)?.[0])).toBeCloseTo(radius, 1);
    // Setting a value from a test is not the reader's hand: nothing is computed.
    for (const level of [0, 1, 2]) {
      await page.locator(SLIDER).fill(String(level));
      await shown(page, 1, level, ['frame']);
      const sure = sureClasses((await analysisOf('boundary', 1, levels[level] as number)).data);
      expect(sure.length).toBeGreaterThanOrEqual(3);
      const places = Float32Array.from(sure.flatMap(({x, y}) => [x, y]));
      expect(await classesAt(page, places)).toEqual(sure.map(({label}) => label));
    }
    expect(asked.filter((url) => /wasm|worker|safetensors/.test(url))).toEqual([]);
    await page.locator(SLIDER).press('Home');
    expect(await page.locator(SLIDER).getAttribute('aria-valuetext')).toMatch(/^β = 0: 100%/);
    // Once the reader has done something, the engine makes it exact.
    await shown(page, 1, 0, ['exact']);
    await page.waitForURL(/dial\.level=0/);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('follows a mouse on its charts', async () => {
    const {page, faults, close} = await open('explore/dial.html', desktop);
    const last = (await levelsOf(page)).length - 1;
    await shown(page, 1, last);
    const box = await page.locator(`${DIAL} .dial-chart svg`).nth(1).boundingBox();
    if (box === null) throw new Error('no chart');
    const drag = (share: number): Promise<void> =>
      page.mouse.move(box.x + 45 + share * (box.width - 56), box.y + box.height / 2);
    await drag(0.9);
    await page.mouse.down();
    await drag(1 / last + 0.02);
    await shown(page, 1, 1);
    await drag(0.01);
    await shown(page, 1, 0);
    await page.mouse.up();
    const marks = page.locator(`${DIAL} .dial-mark`);
    expect(await marks.count()).toBe(4);
    expect(await page.locator(`${DIAL} .dial-chart b`).first().textContent()).toBe('3.4%');
    expect(faults).toEqual([]);
    await close();
  });

  thorough('computes the networks of another seed in the browser, as they are in Node', async () => {
    const {page, faults, close} = await open('explore/dial.html?dial.seed=2&dial.level=2', desktop);
    await shown(page, 2, 2, ['live']);
    const network = await committedNetwork(2, (await levelsOf(page))[2] as number);
    const odds = await oddsAt(network, PLACES);
    expect(await classesAt(page, PLACES)).toEqual([...odds].map((value) => (value > 0 ? 1 : 0)));
    await page.locator(`${DIAL} select`).selectOption('1');
    await shown(page, 1, 2);
    expect(faults).toEqual([]);
    await close();
  });

  it('shows one panel at a time on a phone, under a finger, and does not move', async () => {
    const {page, faults, close} = await open('explore/dial.html', phone);
    const height = async (): Promise<number> => (await page.locator(DIAL).boundingBox())?.height ?? 0;
    const still = await height();
    await shown(page, 1, (await levelsOf(page)).length - 1);
    expect(await height()).toBeCloseTo(still, 0);
    for (const [panel, content] of ['canvas', '.dial-star', '.dial-charts'].entries()) {
      await page.locator(`${DIAL} .explorer-switch label`).nth(panel).tap();
      expect(await page.locator(`${DIAL} ${content}`).first().isVisible()).toBe(true);
      expect(await page.locator(`${DIAL} .explorer-panel:visible`).count()).toBe(1);
      expect(await height()).toBeCloseTo(still, 0);
    }
    await page.locator(`${DIAL} .explorer-switch label`).first().tap();
    const box = await page.locator(SLIDER).boundingBox();
    if (box === null) throw new Error('no slider');
    expect(box.height).toBeGreaterThanOrEqual(44);
    await page.locator(SLIDER).tap({position: {x: 15, y: 22}});
    await shown(page, 1, 0);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('fits the first screen, and does not move when it comes alive', async () => {
    const {page, close} = await open('explore/dial.html', desktop);
    const still = (await page.locator(DIAL).boundingBox())?.height ?? 0;
    await shown(page, 1, (await levelsOf(page)).length - 1);
    const alive = (await page.locator(DIAL).boundingBox())?.height ?? 0;
    expect(alive).toBeCloseTo(still, 0);
    expect(alive).toBeLessThanOrEqual(620);
    await close();
  });

  thorough('is a strip of boundaries without script', async () => {
    const {page, faults, close} = await open('explore/dial.html', {...desktop, javaScriptEnabled: false});
    expect(await page.locator(`${DIAL} .dial-strip image`).count()).toBeGreaterThanOrEqual(4);
    expect(await page.locator(`${DIAL} .dial-strip p`).first().innerText()).toMatch(
      /β = 0\s.*100%\s.*96\.6%/,
    );
    expect(await page.locator(SLIDER).isVisible()).toBe(false);
    expect(faults).toEqual([]);
    await close();
  });
}
