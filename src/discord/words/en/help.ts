/** `/help`. */
export const help = {
  intro:
    '**I paint what you describe.** Type `/imagine`, say what you want to see, and watch it appear; everything else has a good default.',
  prompts: [
    '**Prompts**',
    '`a castle | a sunset:0.5` – several at once, each with a weight',
    '`a beach | people:-0.5` or `a beach --no people` – away from something',
    '`--ar 3:2` shape · `--seed 7` the same picture again · `--steps 100` · `--quality fine` · `--style ink` · `--count 4` several to choose from',
  ].join('\n'),
  buttons: [
    '**Under a finished picture**',
    '🔁 another seed · 🎨 one like it · ✏️ other words · ➕ paint on · 🔍 sharper · 🎞️ how it grew · ℹ️ how it was made · ✉️ to yourself · ❌ away with it. Reacting with 🔁 or ❌ does the same. ⭐ puts it into the gallery, where there is one.',
  ].join('\n'),
  commands: '**Commands**',
};
