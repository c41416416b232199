import { rules, rulesExtended, SimpleMarkdown } from 'discord-markdown-parser';
import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { channelById, guilds, personById } from '../state/things.js';
import { goTo } from '../state/place.js';
import { goToMessage } from '../state/sight.js';
import { Timestamp } from './timestamp.js';

/** A node of the parser's tree; each type has the fields its case below reads. */
interface Node {
  readonly type: string;
  readonly content?: Node | readonly Node[] | string;
  readonly target?: string;
  readonly id?: string;
  readonly level?: number;
  readonly lang?: string;
  readonly name?: string;
  readonly timestamp?: string;
  readonly format?: string;
  readonly fullName?: string;
}

/** The parser's rule misses small print that follows a quote or a heading, which take the end of their line with them. */
const subtext: (typeof rules)[string] = {
  order: -0.5,
  match: (source, { prevCapture }) =>
    !prevCapture || prevCapture[0]?.endsWith('\n') ? /^-# +([^\n]+)\n?/.exec(source) : null,
  parse: ([, text = ''], parse, state) => ({ content: parse(text, state) }),
};
const parsers = {
  plain: SimpleMarkdown.parserFor({ ...rules, subtext }),
  withLinks: SimpleMarkdown.parserFor({ ...rulesExtended, subtext }),
};

/** Discord's markdown as elements; links under words are for bots alone. */
export function Markdown({ text, links = true }: { readonly text: string; readonly links?: boolean }) {
  const tree = useMemo(
    () => parsers[links ? 'withLinks' : 'plain'](text, { inline: true }) as unknown as readonly Node[], // its node type is open
    [text, links],
  );
  return <>{draw(tree)}</>;
}

function draw(content: Node['content']): ComponentChildren {
  if (content === undefined) return null;
  if (typeof content === 'string') return content;
  const nodes = Array.isArray(content) ? (content as readonly Node[]) : [content as Node];
  return nodes.map((node, index) => <Piece key={index} node={node} />); // a tree is drawn anew as a whole
}

/** One node; a type that is not known shows what it contains. */
function Piece({ node }: { readonly node: Node }) {
  const inner = () => draw(node.content);
  switch (node.type) {
    case 'strong':
      return <strong>{inner()}</strong>;
    case 'em':
      return <em>{inner()}</em>;
    case 'underline':
      return <u>{inner()}</u>;
    case 'strikethrough':
      return <s>{inner()}</s>;
    case 'inlineCode':
      return <code>{inner()}</code>;
    case 'codeBlock':
      return (
        <pre>
          <code>{inner()}</code>
        </pre>
      );
    case 'blockQuote':
      return <blockquote>{inner()}</blockquote>;
    case 'heading':
      return <p class={`heading heading-${node.level ?? 3}`}>{inner()}</p>;
    case 'subtext':
      return <small class="subtext">{inner()}</small>;
    case 'spoiler':
      return <Spoiler>{inner()}</Spoiler>;
    case 'br':
    case 'newline':
      return <br />;
    case 'link':
      return <Link target={node.target ?? ''}>{inner()}</Link>;
    case 'url':
    case 'autolink':
      return (
        <MessageMention target={node.target ?? ''} or={<Link target={node.target ?? ''}>{inner()}</Link>} />
      );
    case 'user':
      return <span class="mention">@{personById.value.get(node.id ?? '')?.name ?? 'somebody'}</span>;
    case 'role':
      return <span class="mention">@{roleName(node.id ?? '')}</span>;
    case 'everyone':
      return <span class="mention">@everyone</span>;
    case 'here':
      return <span class="mention">@here</span>;
    case 'channel':
      return <ChannelMention id={node.id ?? ''} />;
    case 'slashCommand':
      return <span class="mention">/{node.fullName ?? node.name}</span>;
    case 'timestamp':
      return <Timestamp seconds={Number(node.timestamp)} format={node.format ?? 'f'} />;
    case 'emoji':
      return <span>:{node.name}:</span>;
    case 'twemoji':
      return <span>{node.name}</span>;
    default:
      return <>{inner()}</>;
  }
}

/** What a link to a message of this world leads to: its channel and its id. */
const MESSAGE_LINK = /^https:\/\/discord\.com\/channels\/(?:\d+|@me)\/(\d+)\/(\d+)$/;

function MessageMention({ target, or }: { readonly target: string; readonly or: ComponentChildren }) {
  const [, channelId = '', messageId = ''] = MESSAGE_LINK.exec(target) ?? [];
  const channel = channelById.value.get(channelId);
  if (channel === undefined) return <>{or}</>;
  return (
    <button type="button" class="mention" onClick={() => goToMessage(channelId, messageId)}>
      #{channel.name} › message
    </button>
  );
}

function Link({ target, children }: { readonly target: string; readonly children: ComponentChildren }) {
  const [, channelId = '', messageId = ''] = MESSAGE_LINK.exec(target) ?? [];
  if (channelById.value.has(channelId))
    return (
      <button type="button" class="link" onClick={() => goToMessage(channelId, messageId)}>
        {children}
      </button>
    );
  if (!/^https?:\/\//i.test(target)) return <>{children}</>;
  return (
    <a href={target} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

function Spoiler({ children }: { readonly children: ComponentChildren }) {
  const [isShown, show] = useState(false);
  if (isShown) return <span class="spoiler-shown">{children}</span>;
  return (
    <button type="button" class="spoiler" aria-label="Spoiler: show" onClick={() => show(true)}>
      <span aria-hidden="true">{children}</span>
    </button>
  );
}

function ChannelMention({ id }: { readonly id: string }) {
  const channel = channelById.value.get(id);
  if (channel === undefined) return <span class="mention">#unknown</span>;
  return (
    <button type="button" class="mention" onClick={() => goTo(id)}>
      #{channel.name}
    </button>
  );
}

function roleName(id: string): string {
  return guilds.value.flatMap(({ roles }) => roles).find((role) => role.id === id)?.name ?? 'a role';
}
