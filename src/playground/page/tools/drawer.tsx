import { useEffect, useRef } from 'preact/hooks';
import { Bot } from './bot.js';
import { Faults } from './faults.js';
import { Inspector } from './inspector.js';
import { openTool } from './open-tool.js';

const TOOLS = [
  ['inspector', 'Inspector', Inspector],
  ['faults', 'Faults', Faults],
  ['bot', 'Bot and clock', Bot],
] as const;

/** What a developer has beside the messages: what passes, what can go wrong, and the bot itself. */
export function Drawer() {
  const open = openTool.value;
  const heading = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open !== undefined) heading.current?.focus();
  }, [open === undefined]);
  if (open === undefined) return null;
  const Tool = TOOLS.find(([name]) => name === open)?.[2] ?? Inspector;
  const close = () => {
    openTool.value = undefined;
  };
  return (
    <aside class="drawer" id="tools" aria-label="Tools" ref={heading} tabIndex={-1}>
      <header>
        {TOOLS.map(([name, title]) => (
          <button
            key={name}
            type="button"
            class="tab"
            aria-pressed={open === name}
            onClick={() => {
              openTool.value = name;
            }}
          >
            {title}
          </button>
        ))}
        <button type="button" class="icon-button" aria-label="Close the tools" onClick={close}>
          ✕
        </button>
      </header>
      <Tool />
    </aside>
  );
}
