import { float32, type Tensor } from 'onnx-gradients/graph';
import sharp from 'sharp';
import type { Picture } from '../contracts/picture.js';

/** Side of the square the network was trained to see, and of the square it was cut from. */
const SIDE = 224;
const SCALED = 256;

/** What the training pictures had on average, blue first. */
const MEAN = [104, 117, 123] as const;

/**
 * A picture as the classifier's training pictures were prepared: squeezed to 256², the middle 224² cut out, through a
 * JPEG, blue first, less the mean. float32 `[1, 224, 224, 3]`.
 *
 * Source: the preprocessing published with open_nsfw (Yahoo, 2016).
 */
export async function classifierInput({ width, height, pixels }: Picture): Promise<Tensor> {
  const margin = (SCALED - SIDE) / 2;
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize(SCALED, SCALED, { fit: 'fill', kernel: 'linear' })
    .extract({ left: margin, top: margin, width: SIDE, height: SIDE })
    .jpeg({ quality: 75 })
    .toBuffer();
  const rgb = await sharp(jpeg).raw({ depth: 'uchar' }).toBuffer();
  const values = new Float32Array(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    for (let channel = 0; channel < 3; channel += 1) {
      values[at + channel] = (rgb[at + 2 - channel] ?? 0) - (MEAN[channel] ?? 0);
    }
  }
  return float32([1, SIDE, SIDE, 3], values);
}
