/** IEEE 754 binary16 and bfloat16 as raw bits, because Node 20 has no Float16Array. */

/** The bits of every float16 as float32: looking up is several times as fast as computing. */
const SINGLES = singlesOfHalves();

function singlesOfHalves(): Uint32Array {
  const words = new Uint32Array(2 ** 16);
  const values = new Float32Array(words.buffer);
  for (let half = 0; half < words.length; half += 1) {
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    // A subnormal is fraction · 2⁻²⁴; otherwise the bias moves from 15 to 127, and 31 (∞, NaN) becomes 255.
    if (exponent === 0) values[half] = (half & 0x8000 ? -1 : 1) * fraction * 2 ** -24;
    else words[half] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
  }
  return words;
}

/** float16 bits → the same numbers as float32, exactly. */
export function decodeHalf(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i += 1) words[i] = SINGLES[bits[i] ?? 0] ?? 0;
  return new Float32Array(words.buffer);
}

/** Numbers → the nearest float16 bits, ties to even; beyond 65504 (rounded) ±∞. */
export function encodeHalf(values: ArrayLike<number>): Uint16Array {
  const result = new Uint16Array(values.length);
  const single = new Float32Array(1);
  const word = new Uint32Array(single.buffer);
  for (let i = 0; i < values.length; i += 1) {
    single[0] = values[i] ?? 0;
    const bits = word[0] ?? 0;
    const sign = (bits >>> 16) & 0x8000;
    const magnitude = bits & 0x7fffffff;
    result[i] = sign | halfMagnitude(magnitude, Math.abs(single[0]));
  }
  return result;
}

function halfMagnitude(bits: number, value: number): number {
  if (bits > 0x7f800000) return 0x7e00;
  if (bits >= 0x477ff000) return 0x7c00; // 65520 and up round to ∞.
  if (bits < 0x38800000) return roundToEven(value * 2 ** 24); // Below 2⁻¹⁴: subnormal.
  const rounded = bits + 0xfff + ((bits >> 13) & 1); // Half an ulp less one, plus one when the last kept bit is odd.
  return (rounded - 0x38000000) >> 13;
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** bfloat16 bits → float32, exactly: they are its upper half. */
export function decodeBfloat16(bits: Uint16Array): Float32Array {
  const result = new Float32Array(bits.length);
  const words = new Uint32Array(result.buffer);
  for (let i = 0; i < bits.length; i += 1) words[i] = (bits[i] ?? 0) << 16;
  return result;
}

/** Numbers → the nearest bfloat16 bits, ties to even. */
export function encodeBfloat16(values: ArrayLike<number>): Uint16Array {
  const singles = Float32Array.from(values);
  const words = new Uint32Array(singles.buffer);
  const result = new Uint16Array(values.length);
  for (let i = 0; i < words.length; i += 1) {
    const bits = words[i] ?? 0;
    const isNotANumber = (bits & 0x7fffffff) > 0x7f800000;
    result[i] = isNotANumber ? 0x7fc0 : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
  }
  return result;
}
