import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { File } from '../../host/message-protocol.js';

/** The picture that is looked at in full. */
export const enlarged = signal<File | undefined>(undefined);

export function Lightbox() {
  const dialog = useRef<HTMLDialogElement>(null);
  const file = enlarged.value;
  useEffect(() => {
    if (file !== undefined) dialog.current?.showModal();
  }, [file]);
  if (file === undefined) return null;
  const close = () => dialog.current?.close();
  const forget = () => {
    enlarged.value = undefined;
  };
  return (
    <dialog ref={dialog} class="lightbox" aria-label={file.description ?? file.name} onClose={forget}>
      <button type="button" class="lightbox-picture" onClick={close} aria-label="Close">
        <img src={file.url} alt={file.description ?? file.name} />
      </button>
      <footer>
        <span>
          {file.name}
          {file.width === null ? '' : `, ${file.width} × ${file.height}`}
        </span>
        <a class="button" href={file.url} download={file.name}>
          Save
        </a>
        <button type="button" class="button" onClick={close}>
          Close
        </button>
      </footer>
    </dialog>
  );
}
