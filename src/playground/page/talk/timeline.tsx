import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Message as MessageView } from '../../host/message-protocol.js';
import type { Channel } from '../../host/protocol.js';
import { say } from '../state/notice.js';
import { viewerId } from '../state/place.js';
import { reachFurther } from '../state/reach.js';
import { goToEnd, meetSight, sight } from '../state/sight.js';
import { compareIds, messagesByChannel } from '../state/things.js';
import { newSince } from '../state/unread.js';
import { Message } from './message.js';
import { Suggestions } from './suggestions.js';

/** Messages of one author that follow so soon stand together. */
const TOGETHER_MS = 5 * 60_000;
/** Someone who has scrolled up so far, in pixels, is not pulled down again. */
const NEAR_END = 120;

/** The messages of a channel, the newest at the foot. */
export function Timeline({ channel }: { readonly channel: Channel }) {
  const list = messagesByChannel.value.get(channel.id) ?? [];
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  /** The heights for which the end was last gone to. */
  const heights = useRef('');
  const [isAway, setAway] = useState(false);
  const toEnd = () => {
    const element = scroller.current;
    if (element === null) return;
    // Where messages went, the end may have come to the reader.
    isAtEnd.current ||= isNearEnd(element);
    setAway(!isAtEnd.current);
    if (!isAtEnd.current) return;
    heights.current = heightsOf(element);
    element.scrollTop = element.scrollHeight;
  };
  /** How far from the foot one stood when earlier messages were asked for. */
  const fromFoot = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    const id = meetSight(channel.id)?.messageId;
    const message = id === undefined ? null : document.getElementById(`message-${id}`);
    if (id !== undefined && message === null) say('That message is gone, or too far back.');
    isAtEnd.current = message === null;
    message?.scrollIntoView({ block: 'center' });
    toEnd();
  }, [channel.id, viewerId.value, sight.value]);
  useLayoutEffect(toEnd, [list]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null && fromFoot.current !== undefined)
      element.scrollTop = element.scrollHeight - fromFoot.current;
    fromFoot.current = undefined;
  }, [list[0]?.id]);
  const earlier = () => {
    const element = scroller.current;
    if (element !== null) fromFoot.current = element.scrollHeight - element.scrollTop;
    reachFurther();
  };
  useEffect(() => {
    // Pictures that arrive make it longer, a keyboard that opens makes it shorter.
    const observer = new ResizeObserver(toEnd);
    for (const { current } of [content, scroller]) if (current !== null) observer.observe(current);
    return () => observer.disconnect();
  }, []);
  const firstNew = firstNewId(channel.id, list);
  return (
    <div
      class="timeline"
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable with the keyboard
      tabIndex={0}
      role="log"
      aria-relevant="additions"
      aria-label={`Messages in ${channel.name}`}
      onScroll={({ currentTarget: element }) => {
        // The event comes a frame late: where something has grown or shrunk meanwhile, that is not the reader's doing.
        if (isAtEnd.current && heights.current !== heightsOf(element)) toEnd();
        else isAtEnd.current = isNearEnd(element);
        setAway(!isAtEnd.current);
      }}
    >
      {list.length === 0 ? <Suggestions channel={channel} /> : null}
      {channel.hasEarlier ? (
        <button type="button" class="earlier" onClick={earlier}>
          Show earlier messages
        </button>
      ) : null}
      <ol ref={content}>
        {list.map((message, index) => (
          <Entry
            key={message.id}
            message={message}
            continues={continues(list[index - 1], message)}
            isFirstNew={message.id === firstNew}
          />
        ))}
      </ol>
      {isAway ? (
        <div class="to-end">
          <button type="button" onClick={goToEnd}>
            To the newest ↓
          </button>
        </div>
      ) : null}
    </div>
  );
}

function isNearEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight < NEAR_END;
}

function heightsOf({ scrollHeight, clientHeight }: HTMLElement): string {
  return `${scrollHeight} ${clientHeight}`;
}

interface EntryProps {
  readonly message: MessageView;
  readonly continues: boolean;
  readonly isFirstNew: boolean;
}

/** Drawn again only when its message has changed. */
function Entry({ message, continues: isContinuing, isFirstNew }: EntryProps) {
  return useMemo(
    () => (
      <>
        {isFirstNew ? (
          <li class="new-line">
            <span>New</span>
          </li>
        ) : null}
        <Message message={message} continues={isContinuing && !isFirstNew} />
      </>
    ),
    [message, isContinuing, isFirstNew],
  );
}

function continues(before: MessageView | undefined, message: MessageView): boolean {
  if (before === undefined || message.replyTo !== null || message.origin !== null) return false;
  return before.authorId === message.authorId && message.at - before.at < TOGETHER_MS;
}

function firstNewId(channelId: string, list: readonly MessageView[]): string | undefined {
  const since = newSince.value;
  if (since === undefined || since.channelId !== channelId || since.messageId === '') return undefined;
  return list.find(({ id }) => compareIds(id, since.messageId) > 0)?.id;
}
