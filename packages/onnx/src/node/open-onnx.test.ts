import {copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {fixturePath, onnxBytes} from '../../test/fixture.ts';
import {makeModel, makeNode, smallModel, makeValue} from '../../test/make-model.ts';
import {bytesField, integerField, textField} from '../protobuf/write-fields.ts';
import {readOnnx} from '../read-onnx.ts';
import {openOnnx} from './open-onnx.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-onnx-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));
mkdirSync(join(folder, 'inner'));
mkdirSync(join(folder, 'inner-other'));
for (const name of ['outside.bin', 'inner-other/w.bin']) writeFileSync(join(folder, name), new Uint8Array(8));

/** A model with w `[2, 1]` in a file beside it. @returns its path */
function modelWith(location: string, offset = '0'): string {
  const entry = (key: string, text: string) => bytesField(13, ...textField(1, key), ...textField(2, text));
  const beside = [
    ...integerField(1, 2),
    ...integerField(1, 1),
    ...integerField(2, 1),
    ...textField(8, 'w'),
    ...entry('location', location),
    ...entry('offset', offset),
    ...integerField(14, 1),
  ];
  const file = join(folder, 'inner', 'model.onnx');
  const nodes = [makeNode('MatMul', ['x', 'w'], ['z'])];
  writeFileSync(
    file,
    makeModel({...smallModel, nodes, tensors: [beside], outputs: [makeValue('z', [null, 1])]}),
  );
  return file;
}

describe('a model with data beside it', () => {
  it('is read as if it had them, and written with them', async () => {
    const {anchor, layout, bytes} = await openOnnx(fixturePath('beside.onnx'), {exclude: ['2.bias']});
    const whole = readOnnx(onnxBytes('ten-classes'), {exclude: ['2.bias']});
    expect(layout).toEqual(whole.layout);
    expect(anchor).toEqual(whole.anchor);
    expect(readOnnx(bytes, {include: []}).anchor).toEqual(
      readOnnx(onnxBytes('ten-classes')).anchor.slice(-10),
    );
  });

  it('is read from folders below its own', async () => {
    mkdirSync(join(folder, 'inner', 'data'));
    writeFileSync(join(folder, 'inner', 'data', 'w.bin'), new Uint8Array(Float32Array.of(9, 1, 2).buffer));
    const {anchor} = await openOnnx(modelWith('data/w.bin', '4'));
    expect(anchor).toEqual(Float32Array.of(1, 2));
  });

  it.each([
    '../outside.bin',
    'data/../../outside.bin',
    '..\\outside.bin',
    join(folder, 'outside.bin'),
    'C:/outside.bin',
    '',
    'a\0b',
    'link.bin',
    'folder/outside.bin',
    'beside.bin',
  ])('is refused where they are elsewhere: %j', async (location) => {
    const link = (target: string, name: string): void => {
      rmSync(join(folder, 'inner', name), {force: true});
      symlinkSync(target, join(folder, 'inner', name));
    };
    link(join(folder, 'outside.bin'), 'link.bin');
    link(folder, 'folder');
    // A folder whose name only begins as the model's.
    link(join(folder, 'inner-other', 'w.bin'), 'beside.bin');
    await expect(openOnnx(modelWith(location))).rejects.toThrow(
      /^onnx\.openOnnx: expected the tensors of .*, got a path that leads out of the model’s folder/,
    );
  });

  it('is refused where they are missing, no file, or too short', async () => {
    await expect(openOnnx(modelWith('nowhere.bin'))).rejects.toThrow(
      /"nowhere.bin", got no such file; it belongs beside the model/,
    );
    mkdirSync(join(folder, 'inner', 'd.bin'));
    await expect(openOnnx(modelWith('d.bin'))).rejects.toThrow(/got a folder; give a file/);
    writeFileSync(join(folder, 'inner', 'short.bin'), new Uint8Array(8));
    await expect(openOnnx(modelWith('short.bin', '4'))).rejects.toThrow(
      /2 numbers in \[2,1\] of "w" .* got 1/,
    );
    await expect(openOnnx(modelWith('short.bin', '12'))).rejects.toThrow(
      /at most 8 bytes of "short.bin" .* got a stretch that ends at 12/,
    );
    await expect(openOnnx(modelWith('short.bin', '1e3'))).rejects.toThrow(
      /"offset" to be a number of bytes .* got "1e3"/,
    );
  });
});

it('what is no model is refused in its name', async () => {
  await expect(openOnnx(join(folder, 'no.onnx'))).rejects.toThrow(
    /a model at ".*no.onnx", got no such file; check the path/,
  );
  await expect(openOnnx('/dev/zero')).rejects.toThrow(/a model at "\/dev\/zero", got a device; give a file/);
  const copy = join(folder, 'copy.onnx');
  copyFileSync(fixturePath('tanh.safetensors'), copy);
  await expect(openOnnx(copy)).rejects.toThrow(/in .*copy\.onnx, got/);
});
