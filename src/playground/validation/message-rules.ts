import type { Call } from '../rest/route.js';
import type { Complaint } from './complaint.js';
import { type ComponentFields, componentRules } from './component-rules.js';

/** The parts of a message request that the rules look at, once the description has let it through. */
interface MessageFields {
  readonly content?: string | null;
  readonly embeds?: readonly EmbedFields[] | null;
  readonly components?: readonly ComponentFields[] | null;
  readonly attachments?: readonly { readonly id: string | number }[] | null;
  readonly flags?: number | null;
  readonly allowed_mentions?: AllowedMentions | null;
}

interface AllowedMentions {
  readonly parse?: readonly (string | null)[] | null;
  readonly users?: readonly (string | null)[] | null;
  readonly roles?: readonly (string | null)[] | null;
}

interface EmbedFields {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly footer?: { readonly text?: string | null } | null;
  readonly author?: { readonly name?: string | null } | null;
  readonly fields?: readonly { readonly name: string; readonly value: string }[] | null;
}

const CONTENT_CHARACTERS = 2000;
const EMBED_CHARACTERS = 6000;

/** What Discord refuses in a message although its description allows it; `at` is where in the body the message is. */
export function messageRules(call: Call, at: readonly PropertyKey[] = []): Complaint[] {
  const message = at.reduce<unknown>((value, key) => Object(value)[key], call.body);
  if (message === undefined || message === null) return [];
  const fields = message as MessageFields; // the description has let it through
  const complaints = [
    ...contentRules(fields),
    ...embedRules(fields),
    ...componentRules(fields),
    ...attachmentRules(fields, call),
    ...mentionRules(fields),
  ];
  return complaints.map((complaint) => ({ ...complaint, path: [...at, ...complaint.path] }));
}

function contentRules({ content }: MessageFields): Complaint[] {
  // Discord counts code points, not UTF-16 units.
  if ([...(content ?? '')].length <= CONTENT_CHARACTERS) return [];
  const message = `Must be ${CONTENT_CHARACTERS} or fewer in length.`;
  return [{ path: ['content'], code: 'BASE_TYPE_MAX_LENGTH', message }];
}

function embedRules({ embeds }: MessageFields): Complaint[] {
  const total = (embeds ?? []).reduce((sum, embed) => sum + embedCharacters(embed), 0);
  if (total <= EMBED_CHARACTERS) return [];
  const message = `Embed size exceeds maximum size of ${EMBED_CHARACTERS}`;
  return [{ path: ['embeds'], code: 'MAX_EMBED_SIZE_EXCEEDED', message }];
}

/** Title, description, footer, author and all fields count, over all embeds of a message. */
function embedCharacters({ title, description, footer, author, fields }: EmbedFields): number {
  const texts = [
    title,
    description,
    footer?.text,
    author?.name,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
  ];
  return texts.reduce((sum, text) => sum + [...(text ?? '')].length, 0);
}

/** Every uploaded file's entry names its n; more than ten files do not fit. */
function attachmentRules({ attachments }: MessageFields, { files }: Call): Complaint[] {
  const ids = (attachments ?? []).map(({ id }) => String(id));
  const repeated = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  const complaints: Complaint[] = [];
  if (repeated >= 0) {
    complaints.push({
      path: ['attachments', repeated, 'id'],
      code: 'ATTACHMENT_ID_DUPLICATED',
      message: `Attachment id ${ids[repeated]} is used twice`,
    });
  }
  const kept = ids.filter((id) => !files.has(id)).length;
  if (kept + files.size > 10) {
    complaints.push({
      path: ['attachments'],
      code: 'BASE_TYPE_MAX_LENGTH',
      message: 'Must be 10 or fewer elements.',
    });
  }
  return complaints;
}

/** Either everybody of a kind may be pinged or those listed. */
function mentionRules({ allowed_mentions }: MessageFields): Complaint[] {
  const kinds = ['users', 'roles'] as const;
  const both = kinds.filter(
    (kind) => allowed_mentions?.parse?.includes(kind) && (allowed_mentions[kind] ?? []).length > 0,
  );
  return both.map((kind) => ({
    path: ['allowed_mentions'],
    code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
  }));
}
