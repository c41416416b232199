import { sizeText } from '../talk/size-text.js';

interface FileChipsProps {
  readonly files: readonly File[];
  readonly onChange: (files: readonly File[]) => void;
}

/** Files that go with a message, each of which can be taken out again. */
export function FileChips({ files, onChange }: FileChipsProps) {
  if (files.length === 0) return null;
  return (
    <ul class="file-chips" aria-label="Files">
      {files.map((file) => (
        <li key={`${file.name} ${file.lastModified}`}>
          {file.name} <small>{sizeText(file.size)}</small>
          <button
            type="button"
            class="icon-button"
            aria-label={`Take ${file.name} out`}
            onClick={() => onChange(files.filter((other) => other !== file))}
          >
            ✕
          </button>
        </li>
      ))}
    </ul>
  );
}
