import { hex, mix, type Rgb, times } from './colour.js';

/** The hour and the weather: what they do to the sky, to colours, and to the distance. */
export interface Light {
  /** Words after a scene's name: "mountains at sunrise". */
  readonly words: readonly [string, ...string[]];
  /** From the zenith to the horizon. */
  readonly sky: readonly (readonly [number, Rgb])[];
  /** What stands in the sky: height above the horizon as a share of the sky, colour, size. */
  readonly sun?: {
    readonly height: number;
    readonly colour: Rgb;
    readonly radius: number;
    readonly halo: number;
  };
  readonly clouds: { readonly cover: number; readonly lit: Rgb; readonly shaded: Rgb };
  /** What the air looks like far away, and how thick it is. */
  readonly haze: Rgb;
  readonly thickness: number;
  /** What light does to every colour. */
  readonly ambient: Rgb;
  readonly stars: number;
  readonly isDark: boolean;
  readonly falling?: 'rain' | 'snow';
}

const white: Rgb = [1, 1, 1];

export const LIGHTS = {
  dawn: {
    words: ['at sunrise', 'at dawn', 'in the morning', 'sunrise', 'dawn'],
    sky: [
      [0, hex('#4a6fae')],
      [0.45, hex('#c79bb8')],
      [0.78, hex('#f6b48a')],
      [1, hex('#ffe3b0')],
    ],
    sun: { height: 0.1, colour: hex('#fff1c9'), radius: 0.055, halo: 0.42 },
    clouds: { cover: 0.42, lit: hex('#ffc9a8'), shaded: hex('#a583a8') },
    ...{ haze: hex('#f3c3a6'), thickness: 0.75, ambient: [1.02, 0.86, 0.8], stars: 0, isDark: false },
  },
  noon: {
    words: ['at noon', 'on a sunny day', 'under a blue sky'],
    sky: [
      [0, hex('#2f78cf')],
      [0.6, hex('#6fb2ee')],
      [1, hex('#cfe8f7')],
    ],
    sun: { height: 0.82, colour: hex('#fffbe6'), radius: 0.05, halo: 0.26 },
    clouds: { cover: 0.46, lit: hex('#ffffff'), shaded: hex('#b9cbe0') },
    ...{ haze: hex('#bcd8ee'), thickness: 0.6, ambient: white, stars: 0, isDark: false },
  },
  sunset: {
    words: ['at sunset', 'in the evening', 'at golden hour', 'sunset'],
    sky: [
      [0, hex('#34386f')],
      [0.35, hex('#8d4a86')],
      [0.65, hex('#e4664c')],
      [0.88, hex('#ffa53c')],
      [1, hex('#ffd66b')],
    ],
    sun: { height: 0.13, colour: hex('#ffe08a'), radius: 0.075, halo: 0.5 },
    clouds: { cover: 0.5, lit: hex('#ff8a4a'), shaded: hex('#6d3f75') },
    ...{ haze: hex('#e8784f'), thickness: 0.7, ambient: [0.86, 0.6, 0.55], stars: 0, isDark: false },
  },
  dusk: {
    words: ['at dusk', 'at twilight', 'dusk'],
    sky: [
      [0, hex('#141b45')],
      [0.5, hex('#3b3a7c')],
      [0.82, hex('#9a5f94')],
      [1, hex('#e29a8c')],
    ],
    clouds: { cover: 0.4, lit: hex('#a8699b'), shaded: hex('#2f2f63') },
    ...{ haze: hex('#7d6299'), thickness: 0.75, ambient: [0.5, 0.44, 0.62], stars: 40, isDark: true },
  },
  night: {
    words: ['at night', 'under the stars', 'in the moonlight', 'by night', 'under the moon'],
    sky: [
      [0, hex('#050a24')],
      [0.6, hex('#101f4d')],
      [1, hex('#2b4478')],
    ],
    sun: { height: 0.72, colour: hex('#f4f1da'), radius: 0.055, halo: 0.24 },
    clouds: { cover: 0.3, lit: hex('#33497f'), shaded: hex('#0b1534') },
    ...{ haze: hex('#24396b'), thickness: 0.7, ambient: [0.22, 0.27, 0.46], stars: 130, isDark: true },
  },
  storm: {
    words: ['in a storm', 'in a thunderstorm', 'stormy'],
    sky: [
      [0, hex('#23282f')],
      [0.6, hex('#454e58')],
      [1, hex('#87928f')],
    ],
    clouds: { cover: 0.86, lit: hex('#76808a'), shaded: hex('#1b1f27') },
    ...{
      haze: hex('#6a757a'),
      thickness: 0.85,
      ambient: [0.5, 0.54, 0.56],
      stars: 0,
      isDark: true,
      falling: 'rain',
    },
  },
  rain: {
    words: ['in the rain', 'on a rainy day', 'rainy'],
    sky: [
      [0, hex('#6c7b8b')],
      [1, hex('#b4bfc6')],
    ],
    clouds: { cover: 0.72, lit: hex('#b6c0c8'), shaded: hex('#66727f') },
    ...{
      haze: hex('#a3afb8'),
      thickness: 0.95,
      ambient: [0.68, 0.73, 0.78],
      stars: 0,
      isDark: false,
      falling: 'rain',
    },
  },
  fog: {
    words: ['in the fog', 'in the mist', 'on a foggy morning', 'foggy', 'misty'],
    sky: [
      [0, hex('#b9c2c6')],
      [1, hex('#e3e4de')],
    ],
    clouds: { cover: 0.2, lit: hex('#dfe2de'), shaded: hex('#bcc4c6') },
    ...{ haze: hex('#dcded9'), thickness: 1.35, ambient: [0.78, 0.8, 0.82], stars: 0, isDark: false },
  },
  snow: {
    words: ['in the snow', 'in winter', 'snowy'],
    sky: [
      [0, hex('#8fa4ba')],
      [1, hex('#dde5ec')],
    ],
    clouds: { cover: 0.55, lit: hex('#e6ecf1'), shaded: hex('#9fb0c2') },
    ...{
      haze: hex('#d3dee8'),
      thickness: 0.9,
      ambient: [0.9, 0.95, 1.02],
      stars: 0,
      isDark: false,
      falling: 'snow',
    },
  },
  aurora: {
    words: ['under the northern lights', 'under an aurora', 'aurora'],
    sky: [
      [0, hex('#04081c')],
      [0.7, hex('#0b2340')],
      [1, hex('#1c4a5c')],
    ],
    clouds: { cover: 0, lit: hex('#1d4456'), shaded: hex('#0b1a30') },
    ...{ haze: hex('#17414f'), thickness: 0.6, ambient: [0.2, 0.36, 0.4], stars: 120, isDark: true },
  },
} as const satisfies Record<string, Light>;

export type LightName = keyof typeof LIGHTS;
/** A colour as it looks in a light from so far away (0 near, 1 at the horizon). */
export function seen(colour: Rgb, light: Light, distance: number): Rgb {
  return mix(times(colour, light.ambient), light.haze, Math.min(0.94, distance * light.thickness));
}
