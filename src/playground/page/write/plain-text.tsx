import { useRef, useState } from 'preact/hooks';
import type { Channel } from '../../host/protocol.js';
import { act } from '../state/act.js';
import { goToEnd } from '../state/sight.js';
import { say } from '../state/notice.js';
import { viewerId } from '../state/place.js';
import { matchingCommands, type Offer, offersIn } from './command-offers.js';
import { beginCommand, changeDraft, type Draft, optionsInside } from './draft.js';
import { FileChips } from './file-chips.js';
import { giveFiles, pastedFiles } from './given-files.js';
import { matchingNames, namingAt, withIds } from './mentions.js';
import { Picker, type Picking } from './picker.js';

const MESSAGE_CHARACTERS = 2000;

/** A message as it is typed; a slash at its beginning lists commands, `@` and `#` list whom and what one can name. */
export function PlainText({ channel, draft }: { readonly channel: Channel; readonly draft: Draft }) {
  const [selected, select] = useState(0);
  const [cursor, setCursor] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, files } = draft;
  const isCommand = text.startsWith('/');
  const change = (next: Partial<Draft>) => changeDraft(channel.id, next);

  const begin = ({ command, inside }: Offer, rest = '') => {
    const first = optionsInside(command, inside).find(({ required }) => required);
    beginCommand(
      channel.id,
      command,
      inside,
      first !== undefined && rest !== '' ? { [first.name]: rest } : {},
    );
  };

  const lines = (): Picking[] => {
    if (isCommand) {
      return matchingCommands(offersIn(channel), text.slice(1)).map((offer) => ({
        key: offer.name,
        title: `/${offer.name}`,
        note: offer.description,
        choose: () => begin(offer),
      }));
    }
    const naming = namingAt(text, cursor);
    if (naming === undefined) return [];
    return matchingNames(channel, naming.typed).map(({ name, sent, note }) => ({
      key: sent,
      title: name,
      note,
      choose: () => {
        const before = `${text.slice(0, naming.from)}${name} `;
        change({ text: before + text.slice(cursor) });
        setCursor(before.length);
        setTimeout(() => field.current?.setSelectionRange(before.length, before.length));
      },
    }));
  };
  const picking = lines();
  const isPicking = picking.length > 0;
  const current = Math.min(selected, picking.length - 1);

  const type = ({ value, selectionStart }: HTMLTextAreaElement) => {
    select(0);
    setCursor(selectionStart);
    // `/imagine ` needs no choosing any more.
    const typed = offersIn(channel).find(({ name }) => value.startsWith(`/${name} `));
    if (typed === undefined) change({ text: value });
    else begin(typed, value.slice(typed.name.length + 2).trim());
  };

  const send = async () => {
    const content = withIds(text.trim(), channel);
    if (content === '' && files.length === 0) return;
    const { replyTo } = draft;
    change({ text: '', files: [], replyTo: undefined });
    goToEnd();
    const result = await act(
      'say',
      { user: viewerId.value, channel: channel.id, content, ...(replyTo && { replyTo: replyTo.id }) },
      new Map(files.map((file, index) => [String(index), file])),
    );
    if (result.ok) return;
    say(result.error);
    change({ text, files, replyTo });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const line = picking[current];
    if (isPicking && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      select((current + step + picking.length) % picking.length);
    } else if (line !== undefined && (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey))) {
      event.preventDefault();
      line.choose();
    } else if (isPicking && event.key === 'Escape') {
      // A name may stand as it was typed; a command that is none of these may not.
      if (isCommand) change({ text: '' });
      else setCursor(0);
    } else if (event.key === 'Escape') {
      change({ replyTo: undefined });
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  };

  return (
    <div class="plain-text">
      {isPicking ? (
        <Picker id="picker" label={isCommand ? 'Commands' : 'Names'} lines={picking} current={current} />
      ) : null}
      <FileChips files={files} onChange={(left) => change({ files: left })} />
      <textarea
        data-first
        ref={field}
        rows={Math.min(8, text.split('\n').length)}
        value={text}
        maxLength={MESSAGE_CHARACTERS}
        disabled={!channel.may.write && channel.commands.length === 0}
        placeholder={
          channel.may.write ? `Message ${channel.name}, or / for a command` : 'You may not write here'
        }
        aria-label="Message"
        aria-autocomplete="list"
        aria-controls={isPicking ? 'picker' : undefined}
        aria-activedescendant={isPicking ? `picker-${current}` : undefined}
        onInput={({ currentTarget }) => type(currentTarget)}
        onKeyDown={onKeyDown}
        onPaste={(event) => giveFiles(channel.id, pastedFiles(event))}
      />
    </div>
  );
}
