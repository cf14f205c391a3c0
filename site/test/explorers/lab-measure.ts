import {join} from 'node:path';
import {expect, it} from 'vitest';
import {committedRecords, committedRun, resultsFolder} from './committed.ts';
import {type OpenExplorer, desktop, drawn} from './open-explorer.ts';
import {thorough} from './thorough.ts';

/** A number as the page writes it. */
function numberOf(text: string | null | undefined): number {
  return Number(String(text).replaceAll('−', '-').replaceAll(',', ''));
}

export function labMeasureTests(open: OpenExplorer): void {
  thorough(
    'says which test points records have right, and asks the networks of other seeds itself',
    async () => {
      const {page, faults, close} = await open('lab.html?lab.points.level=2', desktop);
      await page.locator('#examples').scrollIntoViewIfNeeded();
      await page.locator('.lab-examples').scrollIntoViewIfNeeded();
      await drawn(page, '.lab-matrix canvas');
      const readout = page.locator('#lab-points .explorer-readouts dd');
      const toy = await page.request.get(new URL('explorers/toy.json', page.url()).href);
      const level = ((await toy.json()) as {levels: number[]}).levels[2] ?? 0;
      const first = await committedRun('toy', 1, level);
      const boundary = (await committedRecords()).analysis('boundary', first);
      const right = boundary?.data.test.correct ?? [];
      await expect
        .poll(() => readout.first().textContent())
        .toBe(`${(100 * right.filter(Boolean).length) / 200}%`);
      const listed = page.locator('.lab-points tbody tr');
      const said = await listed.locator('td:nth-child(5)').allTextContents();
      expect(said).toEqual(right.slice(0, 20).map((one) => (one ? '✓ right' : '✗ wrong')));
      await page.locator('.lab-points').getByLabel('Show').selectOption('wrong');
      expect(new Set(await listed.locator('td:nth-child(5)').allTextContents())).toEqual(
        new Set(['✗ wrong']),
      );

      await page.locator('#lab-points').getByLabel('Seed').selectOption('2');
      const second = await committedRun('toy', 2, level);
      const share = `${Number((100 * (second.data.final?.testAccuracy ?? 0)).toFixed(1))}%`;
      await expect.poll(() => readout.first().textContent()).toBe(share);
      // Distances to the boundary come last.
      await expect.poll(() => readout.last().textContent()).not.toBe('–');
      await page.getByRole('slider', {name: 'Test point'}).press('End');
      expect(await page.locator('#lab-points output').last().textContent()).toBe('200 of 200');
      expect(faults).toEqual([]);
      await close();
    },
  );

  thorough('shows pictures with what each network says of them', async () => {
    const {page, faults, close} = await open('lab.html?lab.examples=pictures', desktop);
    await page.locator('#examples').scrollIntoViewIfNeeded();
    const pictures = page.locator('.lab-pictures tbody tr');
    await pictures.first().waitFor();
    const records = await committedRecords();
    const ends = await Promise.all([0, 1].map((level) => committedRun('house-numbers', 1, level)));
    for (const [i, run] of ends.entries()) {
      const {predicted = [], label = []} = records.analysis('predictions', run)?.data ?? {};
      const answers = pictures.locator(`td:nth-child(${i + 3})`);
      expect(await answers.locator('strong').allTextContents()).toEqual(predicted.map(String));
      expect(await answers.evaluateAll((all) => all.map((cell) => cell.dataset['right'] === 'true'))).toEqual(
        predicted.map((digit, place) => digit === label[place]),
      );
    }
    const image = pictures.first().locator('img');
    expect(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(32);
    await page.locator('.lab-pictures').getByLabel('True digit').selectOption('3');
    expect(new Set(await pictures.locator('th strong').allTextContents())).toEqual(new Set(['3']));
    expect(faults).toEqual([]);
    await close();
  });

  it("measures a file that is dropped: the record's loss, radii and eigenvalue", async () => {
    const run = await committedRun('toy', 1, 0.8);
    const records = await committedRecords();
    const file = join(resultsFolder, 'toy', run.data.checkpoint?.file ?? '');
    const {page, faults, close} = await open('lab.html', desktop);
    await page.locator('#own').scrollIntoViewIfNeeded();
    const drop = page.getByLabel('Drop a .safetensors file here');
    await drop.waitFor();
    await page.locator('astro-island:not([ssr]) .lab-drop').waitFor();
    await drop.setInputFiles(file);
    await page.getByText('a perceptron 2–23–16–26–32–28–31–1 with 3,614 parameters').waitFor();
    await page.getByLabel('Rays', {exact: true}).press('Home');
    await page.getByRole('button', {name: 'Measure', exact: true}).click();
    const progress = page.locator('.lab-measure progress');
    await expect
      .poll(() => progress.evaluate((bar) => (bar as HTMLProgressElement).value), {timeout: 300_000})
      .toBe(1);

    const values = await page.locator('.lab-measure .explorer-readouts dd').allTextContents();
    expect(numberOf(values[0]) / (run.data.final?.trainLoss ?? 0)).toBeCloseTo(1, 3);
    expect(values[1]).toBe(`${100 * (run.data.final?.trainAccuracy ?? 0)}%`);
    const eigenvalue = records.analysis('curvature', run)?.data.largestEigenvalue.relative ?? 0;
    expect(numberOf(values[2]) / eigenvalue).toBeCloseTo(1, 2);
    const cutoffs = records.analysis('basin', run)?.data.cutoffs ?? [];
    expect(cutoffs).toHaveLength(4);
    for (const {kind, value, radii} of cutoffs) {
      const mean = radii.slice(0, 20).reduce<number>((sum, radius) => sum + (radius ?? 40), 0) / 20;
      const cell = page.locator(`.lab-measure tr[data-cutoff="${kind}${value}"] [data-value]`);
      expect(Number(await cell.getAttribute('data-value')) / mean).toBeCloseTo(1, 4);
    }
    await drawn(page, '.lab-measure .explorer-panel:nth-child(2) canvas', 2);
    const commands = await page.locator('.lab-measure pre').allTextContents();
    const name = file.split('/').at(-1);
    expect(commands[0]).toBe(`minefield volume ${name} --data two-spirals:1 --cutoff 0.5 --directions 20`);
    expect(faults).toEqual([]);
    await close();
  });

  thorough('says what is wrong with a file that it cannot measure, and can be stopped', async () => {
    const {page, faults, close} = await open('lab.html', desktop);
    await page.locator('#own').scrollIntoViewIfNeeded();
    const drop = page.getByLabel('Drop a .safetensors file here');
    await page.locator('astro-island:not([ssr]) .lab-drop').waitFor();
    const fault = page.locator('.lab-fault');
    await drop.setInputFiles({
      name: 'broken.safetensors',
      mimeType: '',
      buffer: Buffer.from('no weights in here'),
    });
    await expect.poll(() => fault.textContent()).toMatch(/^broken\.safetensors: .*header/);
    await drop.setInputFiles({name: 'huge.safetensors', mimeType: '', buffer: Buffer.alloc(5_000_000)});
    await expect.poll(() => fault.textContent()).toContain('5.0 MB; files up to 4 MB');
    await page.getByRole('button', {name: /^Or take a bad minimum/}).click();
    await page.getByText('a perceptron 2–23').waitFor();
    expect(await fault.textContent()).toBe('');

    // Points of the reader's own, by a real drop.
    await page.getByRole('radio', {name: 'a file of mine'}).check();
    const transfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(['x,y,label\n1,2,0\n-3,4,2\n'], 'points.csv'));
      return data;
    });
    const place = page.locator('.lab-data .lab-drop');
    await place.dispatchEvent('drop', {dataTransfer: transfer});
    await expect.poll(() => fault.textContent()).toBe('points.csv: Line 3: expected a label 0 or 1.');
    await page.locator('.lab-data input[type=file]').setInputFiles({
      name: 'points.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('1,2,0\n-3,4,1\n5,-6,1\n'),
    });
    await page.getByText('points.csv: 3 points.').waitFor();
    await page.getByRole('radio', {name: 'of toy'}).check();
    await page.getByLabel('Rays', {exact: true}).press('End');
    await page.getByRole('button', {name: 'Measure', exact: true}).click();
    await page.getByRole('button', {name: 'Stop', exact: true}).click();
    await page.getByText('Stopped; what was measured until then stays.').waitFor();
    expect(await page.getByRole('button', {name: 'Measure', exact: true}).isEnabled()).toBe(true);
    expect(faults).toEqual([]);
    await close();
  });
}
