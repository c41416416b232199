import { paintCandle, paintRoom, paintStillLife } from '../paint/rooms.js';
import { INDOORS, type Place } from './place.js';

/** Indoors. */
export const ROOMS = {
  fruit: {
    words: ['a still life', 'a still life with fruit', 'a bowl of fruit on a table', 'fruit and a jug'],
    lights: [],
    paint: (easel) => paintStillLife(easel, false),
  },
  bouquet: {
    words: ['flowers in a vase', 'a vase of flowers', 'a bouquet on a table', 'a still life with flowers'],
    lights: [],
    paint: (easel) => paintStillLife(easel, true),
  },
  room: {
    words: ['a room', 'a room with a window', 'an interior', 'a bedroom'],
    lights: INDOORS,
    paint: paintRoom,
  },
  candle: { words: ['a candle in the dark', 'candlelight', 'a candle'], lights: [], paint: paintCandle },
} as const satisfies Record<string, Place>;
