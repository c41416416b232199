import { describe, expect, test } from 'vitest';
import { decodeBfloat16, decodeHalf, encodeBfloat16, encodeHalf } from '../../src/onnx/half.js';

const ALL = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
const isNotANumber = (bits: number) => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;

describe('float16', () => {
  test('every bit pattern survives decoding and encoding; NaN stays NaN', () => {
    const values = decodeHalf(ALL);
    const back = encodeHalf(values);
    const changed = ALL.filter((bits) => !isNotANumber(bits) && back[bits] !== bits);
    expect([...changed]).toEqual([]);
    expect([...ALL].filter((bits) => isNotANumber(bits) !== Number.isNaN(values[bits]))).toEqual([]);
  });

  test.each([
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x7c00, Infinity],
    [0x8000, -0],
  ])('bits %i are %f', (bits, value) => {
    expect(Object.is(decodeHalf(Uint16Array.of(bits))[0], value)).toBe(true);
  });

  test('rounds to the nearest, ties to even, also between subnormals and at the top', () => {
    const between = (low: number, high: number) => (low + high) / 2;
    const cases: readonly (readonly [number, number])[] = [
      [between(1, 1 + 2 ** -10), 0x3c00],
      [between(1 + 2 ** -10, 1 + 2 ** -9), 0x3c02],
      [between(1, 1 + 2 ** -10) + 2 ** -20, 0x3c01],
      [2 ** -25, 0],
      [1.5 * 2 ** -24, 2],
      [65519.99, 0x7bff],
      [65520, 0x7c00],
      [-1e9, 0xfc00],
    ];
    expect([...encodeHalf(cases.map(([value]) => value))]).toEqual(cases.map(([, bits]) => bits));
  });
});

describe('bfloat16', () => {
  test('every bit pattern survives decoding and encoding', () => {
    const back = encodeBfloat16(decodeBfloat16(ALL));
    const isNaN16 = (bits: number) => (bits & 0x7fff) > 0x7f80;
    expect([...ALL.filter((bits) => !isNaN16(bits) && back[bits] !== bits)]).toEqual([]);
  });

  test('rounds to the nearest, ties to even', () => {
    expect([...encodeBfloat16([1 + 2 ** -8, 1 + 3 * 2 ** -8, 1 + 2 ** -8 + 2 ** -16])]).toEqual([
      0x3f80, 0x3f82, 0x3f81,
    ]);
  });
});
