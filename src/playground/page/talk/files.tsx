import type { File, Message } from '../../host/message-protocol.js';
import { enlarged } from '../look/lightbox.js';
import { sizeText } from './size-text.js';

/** Side of the box a picture is shown in, in pixels. */
const BOX = 400;

interface FilesProps {
  readonly files: readonly File[];
  /** The message they hang on: files that its embeds or components show are not shown twice. */
  readonly used: Message;
}

export function Files({ files, used }: FilesProps) {
  const elsewhere = JSON.stringify([used.embeds, used.components]);
  const own = files.filter(({ url }) => !elsewhere.includes(url));
  if (own.length === 0) return null;
  return (
    <div class="files">
      {own.map((file) =>
        file.contentType.startsWith('image/') ? (
          // A new file takes the old one's place in the page, so that an edited picture does not flicker.
          <Picture key={own.indexOf(file)} file={file} />
        ) : (
          <FileLink key={file.id} file={file} />
        ),
      )}
    </div>
  );
}

export function Picture({ file }: { readonly file: File }) {
  const { width, height } = file;
  // Small pictures are shown larger, by whole factors, as long as they fit.
  const longest = Math.max(width ?? BOX, height ?? BOX);
  const scale = longest > BOX ? BOX / longest : Math.max(1, Math.floor(BOX / 1.3 / longest));
  const size = width === null || height === null ? {} : { width: width * scale, height: height * scale };
  const name = file.description ?? file.name;
  return (
    <button
      type="button"
      class="picture"
      aria-label={`Show in full: ${name}`}
      onClick={() => {
        enlarged.value = file;
      }}
    >
      <img src={file.url} alt={name} {...size} decoding="sync" />
    </button>
  );
}

function FileLink({ file }: { readonly file: File }) {
  return (
    <a class="file" href={file.url} download={file.name}>
      {file.name} <small>{sizeText(file.size)}</small>
    </a>
  );
}
