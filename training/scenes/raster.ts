import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type { Rgb } from './colour.js';

/** A picture of numbers: red, green, blue, row by row, 0…1. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export function createRaster(width: number, height: number): Raster {
  return { width, height, data: new Float32Array(width * height * 3) };
}

export function fromCanvas(canvas: Canvas): Raster {
  const { width, height } = canvas;
  const bytes = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  const raster = createRaster(width, height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      raster.data[pixel * 3 + channel] = (bytes[pixel * 4 + channel] ?? 0) / 255;
    }
  }
  return raster;
}

export function toCanvas({ width, height, data }: Raster): Canvas {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      image.data[pixel * 4 + channel] = (data[pixel * 3 + channel] ?? 0) * 255; // clamped by its type
    }
    image.data[pixel * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** The colour of a pixel; beyond the edge, that of the edge. */
export function colourAt({ width, height, data }: Raster, x: number, y: number): Rgb {
  const column = Math.min(width - 1, Math.max(0, Math.round(x)));
  const row = Math.min(height - 1, Math.max(0, Math.round(y)));
  const at = (row * width + column) * 3;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

/** Every pixel through a function of its colour and place. */
export function mapped(raster: Raster, change: (colour: Rgb, x: number, y: number) => Rgb): Raster {
  const result = createRaster(raster.width, raster.height);
  for (let y = 0; y < raster.height; y += 1) {
    for (let x = 0; x < raster.width; x += 1) {
      result.data.set(change(colourAt(raster, x, y), x, y), (y * raster.width + x) * 3);
    }
  }
  return result;
}

/** The mean of a square around every pixel, by running sums: rows first, then columns. */
export function blurred(raster: Raster, radius: number): Raster {
  const { width, height } = raster;
  const pass = (
    source: Float32Array,
    length: number,
    lines: number,
    step: number,
    stride: number,
  ): Float32Array => {
    const result = new Float32Array(source.length);
    for (let lane = 0; lane < lines; lane += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const at = (place: number) =>
          lane * stride + Math.min(length - 1, Math.max(0, place)) * step + channel;
        let sum = 0;
        for (let place = -radius; place <= radius; place += 1) sum += source[at(place)] ?? 0;
        for (let place = 0; place < length; place += 1) {
          result[at(place)] = sum / (2 * radius + 1);
          sum += (source[at(place + radius + 1)] ?? 0) - (source[at(place - radius)] ?? 0);
        }
      }
    }
    return result;
  };
  const across = pass(raster.data, width, height, 3, width * 3);
  return { width, height, data: pass(across, height, width, width * 3, 3) };
}
