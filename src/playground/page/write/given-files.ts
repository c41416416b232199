import { say } from '../state/notice.js';
import { changeCommand, changeDraft, draftOf, optionsInside } from './draft.js';
import { TYPE } from './option-value.js';

/** Files dropped on an element; the browser would open them otherwise. */
export function droppedFiles(event: DragEvent): readonly File[] {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length > 0) event.preventDefault();
  return files;
}

/** Files among what is pasted: a screenshot, a copied picture. */
export function pastedFiles(event: ClipboardEvent): readonly File[] {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length > 0) event.preventDefault();
  return files;
}

/** Puts files where they belong: into the command's empty options that take one, or to the message. */
export function giveFiles(channelId: string, given: readonly File[]): void {
  if (given.length === 0) return;
  const { command: draft, files } = draftOf(channelId);
  if (draft === undefined) {
    changeDraft(channelId, { files: [...files, ...given] });
    return;
  }
  const places = optionsInside(draft.command, draft.inside).filter(
    ({ type, name }) => Number(type) === TYPE.file && !draft.files.has(name),
  );
  const taken = places.flatMap(({ name }, index) => {
    const file = given[index];
    return file === undefined ? [] : [[name, file] as const];
  });
  if (given.length > taken.length)
    say(`/${draft.command.name} takes no ${taken.length > 0 ? 'more files' : 'file'}.`);
  changeCommand(channelId, {
    files: new Map([...draft.files, ...taken]),
    shown: [...draft.shown, ...taken.map(([name]) => name)],
  });
}
