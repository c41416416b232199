import sharp from 'sharp';
import { UserError } from '../errors.js';
import { DECODE_LIMITS } from './decode-picture.js';
import { readPngText } from './png-text.js';

/** What a picture's file says of itself; somebody else may have written it. */
export interface Story {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  /** The request as JSON, not checked; undefined where there is none. */
  readonly parameters: string | undefined;
  /** The sha256 of a manifest; undefined where there is none. */
  readonly manifest: string | undefined;
}

/** More than any request needs; what is longer is not ours. */
const LONGEST = 256 * 1024;
const PARAMETERS = /<easel:parameters>([^<]*)<\/easel:parameters>/u;
const MANIFEST = /<easel:manifest>([0-9a-f]{64})<\/easel:manifest>/u;
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/**
 * Reads how a picture came to be from its file: XMP in all formats, text chunks in a PNG. No pixel is decoded.
 *
 * @throws UserError when the bytes are too many or no picture.
 */
export async function readStory(bytes: Uint8Array): Promise<Story> {
  if (bytes.length > DECODE_LIMITS.bytes) throw new UserError('The picture is larger than allowed.');
  try {
    const { format, width, height, xmpAsString } = await sharp(bytes, {
      limitInputPixels: DECODE_LIMITS.pixels,
    }).metadata();
    const fromPng = () => (format === 'png' ? readPngText(bytes)['parameters'] : undefined);
    const parameters = fromXmp(xmpAsString) ?? fromPng();
    const manifest = MANIFEST.exec(shortened(xmpAsString) ?? '')?.[1];
    const isOurs = parameters !== undefined && parameters.length <= LONGEST;
    const told = { parameters: isOurs ? parameters : undefined, manifest };
    return { format: format ?? 'picture', width, height, ...told };
  } catch (cause) {
    throw new UserError('Expected a picture (png, webp, jpeg), got something else or a damaged one.', {
      cause,
    });
  }
}

/** A packet that is short enough to be ours. */
function shortened(packet: string | undefined): string | undefined {
  return packet === undefined || packet.length > 2 * LONGEST ? undefined : packet;
}

function fromXmp(packet: string | undefined): string | undefined {
  return PARAMETERS.exec(shortened(packet) ?? '')?.[1]?.replace(
    /&(?:amp|lt|gt|quot);/g,
    (entity) => ENTITIES[entity] ?? entity,
  );
}
