import { z } from 'zod';
import type { Discord } from '../../discord.js';
import type { Outcome } from '../../person/interact.js';
import type { UploadedFile } from '../../world/attachments.js';
import type { Form } from '../message-protocol.js';
import type { ActResult, Choice } from '../protocol.js';
import { type Act, act, DONE, type Finders } from './act.js';

const id = z.string();
const place = { user: id, channel: id };
const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const fieldValue = z.union([z.string(), z.boolean(), z.array(z.string())]);

/** Commands, buttons, selects and forms: whatever the bot has to acknowledge. */
export function interactionActs(discord: Discord, find: Finders): Readonly<Record<string, Act>> {
  /** Forms that are open, by the token of what opened them. */
  const forms = new Map<string, Outcome>();

  const result = (outcome: Outcome): ActResult => {
    if (outcome.choices !== undefined) return { ok: true, choices: outcome.choices as readonly Choice[] };
    if (outcome.modal === undefined) return DONE;
    forms.set(outcome.token, outcome);
    return { ok: true, form: { token: outcome.token, form: outcome.modal as Form } };
  };

  return {
    slash: act(z.object({ ...place, name: z.string(), options: values }), async ({ input, files }) => {
      const { user, channel, name, options } = input;
      const given = { ...options, ...Object.fromEntries(files) };
      return result(
        await discord.slash({ user: find.user(user), channel: find.channel(channel), name, options: given }),
      );
    }),
    complete: act(
      z.object({ ...place, name: z.string(), options: values, focused: z.string() }),
      async ({ input }) => {
        const { user, channel, ...rest } = input;
        return result(
          await discord.autocomplete({ user: find.user(user), channel: find.channel(channel), ...rest }),
        );
      },
    ),
    onUser: act(z.object({ ...place, name: z.string(), target: id }), async ({ input }) => {
      const { user, channel, name, target } = input;
      return result(
        await discord.useOnUser({
          user: find.user(user),
          channel: find.channel(channel),
          name,
          target: find.user(target),
        }),
      );
    }),
    onMessage: act(z.object({ user: id, name: z.string(), target: id }), async ({ input }) => {
      const { user, name, target } = input;
      return result(
        await discord.useOnMessage({ user: find.user(user), name, target: find.message(target) }),
      );
    }),
    press: act(z.object({ user: id, message: id, customId: z.string() }), async ({ input }) => {
      const { user, message, customId } = input;
      return result(await discord.press({ user: find.user(user), message: find.message(message), customId }));
    }),
    choose: act(
      z.object({ user: id, message: id, customId: z.string(), values: z.array(z.string()) }),
      async ({ input }) => {
        const { user, message, ...rest } = input;
        return result(
          await discord.choose({ user: find.user(user), message: find.message(message), ...rest }),
        );
      },
    ),
    submit: act(
      z.object({ user: id, token: z.string(), fields: z.record(z.string(), fieldValue) }),
      async ({ input, files }) => {
        const outcome = forms.get(input.token);
        if (outcome === undefined) throw new Error('This form is not open any more.');
        const sent = await discord.submitModal({
          user: find.user(input.user),
          outcome,
          fields: { ...input.fields, ...filesByField(files) },
        });
        forms.delete(input.token);
        return result(sent);
      },
    ),
  };
}

/** Files of a form's fields, which come as `FIELD#N`. */
function filesByField(files: ReadonlyMap<string, UploadedFile>): Record<string, UploadedFile[]> {
  const lists: Record<string, UploadedFile[]> = {};
  for (const [key, file] of files) {
    const field = key.slice(0, key.lastIndexOf('#'));
    lists[field] = [...(lists[field] ?? []), file];
  }
  return lists;
}
