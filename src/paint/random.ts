/**
 * The one source of chance in a painting: xoshiro128** 1.1 (Blackman and Vigna 2018), seeded through splitmix32.
 * Every number of every step comes from it in a fixed order, so that a seed is a picture and a saved state goes on as
 * if it had never stopped.
 */
export interface Random {
  /** Uniform in [0, 1), 24 bits. */
  uniform(): number;
  /** Standard normal (Box and Muller; one draw uses two uniforms, so that the state is four words). */
  normal(): number;
  /** A whole number in [0, below). */
  integer(below: number): number;
  /** The four words to go on from. */
  state(): RandomState;
}

export type RandomState = readonly [number, number, number, number];

/** A generator from a seed (uint32). */
export function randomFromSeed(seed: number): Random {
  let counter = seed >>> 0;
  const splitmix = () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let z = counter;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return randomFromState([splitmix(), splitmix(), splitmix(), splitmix()]);
}

/** A generator that goes on from a saved state. */
export function randomFromState([first, second, third, fourth]: RandomState): Random {
  let [a, b, c, d] = [first, second, third, fourth];
  const next = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result;
  };
  const uniform = () => (next() >>> 8) / 0x1000000;
  return {
    uniform,
    // 1 − u lies in (0, 1], so the logarithm is finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    integer: (below) => Math.floor(uniform() * below),
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
