import {describe, expect, it} from 'vitest';
import {measureCommands} from './measure-commands.ts';
import {readPoints} from './read-points.ts';

describe('readPoints', () => {
  const expected = {inputs: Float32Array.of(1, 2, -3.5, 4), labels: Uint8Array.of(0, 1)};

  it.each([
    ['CSV', '1,2,0\n-3.5,4,1\n'],
    ['CSV with a heading in another order, and Windows line ends', 'label,"y",x\r\n0,2,1\r\n1,4,-3.5\r\n'],
    ['tabs', 'x\ty\tlabel\n1\t2\t0\n-3.5\t4\t1'],
    ['rows in JSON', '[[1, 2, 0], [-3.5, 4, 1]]'],
    ['objects in JSON', '[{"x": 1, "y": 2, "label": 0}, {"x": -3.5, "y": 4, "label": 1}]'],
    ['columns in JSON', ' {"inputs": [[1, 2], [-3.5, 4]], "labels": [0, 1]}'],
  ])('reads %s', (_, text) => {
    expect(readPoints(text)).toEqual(expected);
  });

  it.each([
    ['1,2,0', 'Expected 2 to 5,000 points, got 1'],
    ['', 'got 0'],
    ['1,2,0\n1,zwei,0', 'Line 2: expected numbers x and y'],
    ['1,2,0\n1,2,7', 'Line 2: expected a label 0 or 1'],
    ['1,2,0\n1,2', 'Line 2: expected a label 0 or 1'],
    ['1,2,0\n1,1e999,1', 'Line 2: expected numbers'],
    ['1,2,0\n1,1e39,1', 'Line 2: expected numbers'],
    ['x,y\n1,2\n3,4', 'Expected columns x, y and label, got x, y'],
    ['[1, 2]', 'Point 1: expected numbers'],
    [String.raw`[["1", "2", "1"], [" ", "\n", "0"]]`, 'Point 2: expected numbers'],
    ['[{', 'This is no JSON'],
    ['{"inputs": [[1, 2]], "labels": [0, 1]}', 'Expected as many labels as inputs, got 2 and 1'],
    ['{"points": []}', 'Expected a list of points'],
    [`${'1,2,0\n'.repeat(5001)}`, 'got 5001'],
  ])('refuses %j', (text, message) => {
    expect(() => readPoints(text)).toThrow(message);
  });
});

describe('measureCommands', () => {
  it('names network and activation only where the file does not', () => {
    const named = {
      file: 'a.safetensors',
      hidden: [16],
      saysAll: true,
      data: 'two-spirals:1',
      directions: 100,
    };
    expect(measureCommands(named)[0]).toBe(
      'minefield volume a.safetensors --data two-spirals:1 --cutoff 0.5 --directions 100',
    );
    expect(measureCommands({...named, file: "it's.safetensors", saysAll: false})[1]).toBe(
      String.raw`minefield spectrum 'it'\''s.safetensors' --model mlp:2-16-1 --activation relu --data two-spirals:1`,
    );
  });
});
