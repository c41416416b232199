import { useEffect, useRef, useState } from 'preact/hooks';

interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void;
}

/** Every emoji, with search; its code and data are loaded when it is first opened. */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isLoaded, setLoaded] = useState(false);
  useEffect(() => {
    let isGone = false;
    const show = async () => {
      const { default: Picker } = await import('emoji-picker-element/picker');
      if (isGone) return;
      const picker = new Picker({ dataSource: '/assets/emoji.json', locale: 'en' });
      picker.addEventListener('emoji-click', ({ detail }) => {
        if (detail.unicode !== undefined) onPick(withoutNeedlessSelectors(detail.unicode));
      });
      place.current?.append(picker);
      setLoaded(true);
      focusSearch(picker);
    };
    void show();
    return () => {
      isGone = true;
    };
  }, []);
  return (
    <div class="emoji-picker" ref={place}>
      {isLoaded ? null : <p class="hint">Loading…</p>}
    </div>
  );
}

/** Discord names an emoji that is a picture by itself without the selector U+FE0F that would make it one. */
function withoutNeedlessSelectors(emoji: string): string {
  return emoji.replaceAll(/(\p{Emoji_Presentation})\uFE0F/gu, '$1');
}

/** It draws itself a moment after it was put in the page. */
function focusSearch(picker: HTMLElement, tries = 20): void {
  const search = picker.shadowRoot?.querySelector<HTMLInputElement>('input[type=search]');
  if (search) search.focus();
  else if (tries > 0) requestAnimationFrame(() => focusSearch(picker, tries - 1));
}
