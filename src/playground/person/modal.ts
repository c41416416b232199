import { ComponentType as Type, InteractionType } from 'discord-api-types/v10';
import { attachmentObject } from '../wire/message.js';
import { keepFile, type UploadedFile } from '../world/attachments.js';
import type { Channel, User } from '../world/places.js';
import type { World } from '../world/world.js';
import { interact, type Outcome } from './interact.js';
import { resolvedIds } from './resolved-ids.js';

/** A text or a radio button's value; a box that is ticked or not; values or ids that were chosen; files. */
export type FieldValue = string | boolean | readonly string[] | readonly UploadedFile[];

export interface Submission {
  readonly user: User;
  /** What opened the form. */
  readonly outcome: Outcome;
  /** What was filled in, by the fields' custom ids; the rest is empty. */
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** Any part of a form, seen loosely. */
interface Part {
  readonly type: number;
  readonly id?: number;
  readonly custom_id?: string;
  readonly required?: boolean | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly options?: readonly { readonly value: string }[];
  readonly components?: readonly Part[];
  readonly component?: Part;
}

type Resolved = Record<string, Record<string, unknown>>;

interface Filling {
  readonly world: World;
  readonly channel: Channel;
  readonly fields: Submission['fields'];
  /** Gets what ids among the values stand for. */
  readonly resolved: Resolved;
  /** Numbers the parts in reading order. */
  readonly nextId: () => number;
}

/** Sends off a form the bot has opened. @throws for a field the client would not let be sent so. */
export async function submitModal(world: World, { user, outcome, fields }: Submission): Promise<Outcome> {
  const { modal } = outcome;
  const opened = world.interactions.get(outcome.token);
  if (modal === undefined || opened === undefined)
    throw new Error('Expected the interaction to have opened a form.');
  const parts = modal.components as readonly Part[]; // Discord's union, seen loosely
  const known = parts.flatMap(fieldsIn).map(({ custom_id }) => custom_id);
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`Expected a field the form has, got ${unknown}.`);
  let last = 0;
  const resolved: Resolved = {};
  const nextId = () => ++last;
  const filling: Filling = { world, channel: opened.channel, fields, resolved, nextId };
  const components = parts.map((part) => filled(filling, part));
  return interact(world, {
    user,
    channel: opened.channel,
    type: InteractionType.ModalSubmit,
    data: {
      custom_id: modal.custom_id,
      components,
      ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
    },
    openedBy: opened,
    ...(opened.message === undefined ? {} : { message: opened.message }),
  });
}

function fieldsIn(part: Part): Part[] {
  if (part.component !== undefined) return [part.component];
  return [...(part.components ?? [])];
}

function filled(filling: Filling, part: Part): object {
  const { type, custom_id, components, component } = part;
  const own = { type, id: part.id ?? filling.nextId() };
  if (component !== undefined) return { ...own, component: filled(filling, component) };
  if (components !== undefined)
    return { ...own, components: components.map((each) => filled(filling, each)) };
  if (custom_id === undefined) return own;
  return { ...own, custom_id, ...answered(filling, part, filling.fields[custom_id]) };
}

/** `value`, or `values`, as the type of the field has it. */
function answered(filling: Filling, field: Part, given: FieldValue | undefined): object {
  const { type, custom_id, required } = field;
  const reject = (why: string) => new Error(`Expected the field ${custom_id} ${why}.`);
  if (type === Type.Checkbox) return { value: given === true };
  if (type === Type.TextInput || type === Type.RadioGroup) {
    const text = given ?? '';
    if (typeof text !== 'string') throw reject('to be a text');
    if (text === '' && required !== false) throw reject('to be filled in');
    if (type === Type.RadioGroup) {
      if (text !== '' && !field.options?.some(({ value }) => value === text))
        throw reject('to be one of its options');
      return { value: text === '' ? null : text };
    }
    if (text !== '' && (text.length < (field.min_length ?? 0) || text.length > (field.max_length ?? 4000)))
      throw reject('to keep to its length');
    return { value: text };
  }
  const list = given ?? [];
  if (typeof list === 'string' || typeof list === 'boolean') throw reject('to be a list');
  const least = field.min_values ?? (required === false ? 0 : 1);
  if ((list.length > 0 || required !== false) && list.length < least)
    throw reject(`to have at least ${least} of its options`);
  const most = field.max_values ?? (type === Type.CheckboxGroup ? (field.options?.length ?? 10) : 1);
  if (list.length > most) throw reject(`to have at most ${most} of its options`);
  if (field.options !== undefined && list.some((each) => !field.options?.some(({ value }) => value === each)))
    throw reject('to hold options it offers');
  return { values: type === Type.FileUpload ? uploaded(filling, list) : chosen(filling, field, list) };
}

function chosen(
  { world, channel, resolved }: Filling,
  { options }: Part,
  list: readonly unknown[],
): string[] {
  const ids = list.map(String);
  if (options === undefined) merge(resolved, resolvedIds(world, channel, ids));
  return ids;
}

function uploaded({ world, channel, resolved }: Filling, list: readonly (string | UploadedFile)[]): string[] {
  return list.map((given) => {
    if (typeof given === 'string') throw new Error('Expected a file.');
    const file = keepFile(world, given, undefined);
    world.uploads.set(file.id, file);
    const object = attachmentObject(world, { channelId: channel.id, onlyFor: channel }, file);
    merge(resolved, { attachments: { [file.id]: object } });
    return file.id;
  });
}

function merge(into: Resolved, more: Resolved): void {
  for (const [kind, objects] of Object.entries(more)) into[kind] = { ...into[kind], ...objects };
}
