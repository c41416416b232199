import { useState } from 'preact/hooks';
import type { Channel } from '../../host/protocol.js';
import { act } from '../state/act.js';
import { say } from '../state/notice.js';
import { viewerId } from '../state/place.js';
import { matchingCommands, type Offer, offersIn } from './command-offers.js';
import { CommandPicker } from './command-picker.js';
import { beginCommand, changeDraft, type Draft, optionsInside } from './draft.js';
import { FileChips } from './file-chips.js';
import { giveFiles, pastedFiles } from './given-files.js';

const MESSAGE_CHARACTERS = 2000;

/** A message as it is typed; a slash at its beginning opens the list of commands. */
export function PlainText({ channel, draft }: { readonly channel: Channel; readonly draft: Draft }) {
  const [selected, select] = useState(0);
  const { text, files } = draft;
  const offers = text.startsWith('/') ? matchingCommands(offersIn(channel), text.slice(1)) : [];
  const isPicking = offers.length > 0;
  const current = Math.min(selected, offers.length - 1);
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

  const type = (next: string) => {
    select(0);
    // `/imagine ` needs no choosing any more.
    const typed = offersIn(channel).find(({ name }) => next.startsWith(`/${name} `));
    if (typed === undefined) change({ text: next });
    else begin(typed, next.slice(typed.name.length + 2).trim());
  };

  const send = async () => {
    const content = text.trim();
    if (content === '' && files.length === 0) return;
    const { replyTo } = draft;
    change({ text: '', files: [], replyTo: undefined });
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
    const offer = offers[current];
    if (isPicking && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      select((current + step + offers.length) % offers.length);
    } else if (offer !== undefined && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      begin(offer);
    } else if (isPicking && event.key === 'Escape') {
      change({ text: '' });
    } else if (event.key === 'Escape') {
      change({ replyTo: undefined });
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  };

  return (
    <div class="plain-text">
      {isPicking ? <CommandPicker offers={offers} current={current} onPick={begin} /> : null}
      <FileChips files={files} onChange={(left) => change({ files: left })} />
      <textarea
        data-first
        rows={Math.min(8, text.split('\n').length)}
        value={text}
        maxLength={MESSAGE_CHARACTERS}
        disabled={!channel.may.write && channel.commands.length === 0}
        placeholder={
          channel.may.write ? `Message ${channel.name}, or / for a command` : 'You may not write here'
        }
        aria-label="Message"
        aria-autocomplete="list"
        aria-controls={isPicking ? 'command-picker' : undefined}
        aria-activedescendant={isPicking ? `command-${current}` : undefined}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => giveFiles(channel.id, pastedFiles(event))}
      />
    </div>
  );
}
