import type { Attachment, Message } from '../world/message.js';
import { compact } from './compact.js';

type Fields = Readonly<Record<string, unknown>>;

const ONE_VALUE: Fields = { min_values: 1, max_values: 1 };
/** What Discord writes out though nobody said it, by component type. */
const DEFAULTS: Readonly<Record<number, Fields>> = {
  3: ONE_VALUE,
  5: ONE_VALUE,
  6: ONE_VALUE,
  7: ONE_VALUE,
  8: ONE_VALUE,
  11: { description: null, spoiler: false },
  13: { name: null, size: null, spoiler: false },
  14: { divider: true, spacing: 1 },
  17: { accent_color: null, spoiler: false },
};
const GALLERY = 12;
const GALLERY_ITEM: Fields = { description: null, spoiler: false };

/** Components as they come back: numbered in reading order, defaults written out, media with their addresses. */
export function responseComponents(message: Message, urlOf: (file: Attachment) => string): unknown[] {
  let next = 1;
  const media = (url: string) => {
    const name = url.startsWith('attachment://') ? url.slice('attachment://'.length) : undefined;
    const file = message.body.attachments.find(({ filename }) => filename === name);
    const address = file === undefined ? url : urlOf(file);
    return { id: file?.id ?? message.id, url: address, proxy_url: address };
  };
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const isComponent = 'type' in value && typeof value.type === 'number';
    const type = isComponent ? Number(value.type) : 0;
    const id = isComponent ? { id: 'id' in value && typeof value.id === 'number' ? value.id : next++ } : {};
    const entries = Object.entries(value).map(([key, inner]) => [key, field(type, key, inner)]);
    return { ...DEFAULTS[type], ...Object.fromEntries(entries), ...id };
  };
  const field = (type: number, key: string, inner: unknown): unknown => {
    if (key === 'components' || key === 'accessory' || key === 'component') return visit(inner);
    if (key === 'media' || (key === 'file' && type === 13)) return media((inner as { url: string }).url);
    if (type !== GALLERY || key !== 'items') return inner;
    return (inner as readonly { media: { url: string } }[]).map((item) => ({
      ...GALLERY_ITEM,
      ...item,
      media: media(item.media.url),
    }));
  };
  return message.body.components.map((component) => visit(compact(component)));
}
