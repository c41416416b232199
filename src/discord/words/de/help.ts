import type { help as english } from '../en/help.js';

export const help: typeof english = {
  intro:
    '**Ich male, was du beschreibst.** Tippe `/malen`, sag, was du sehen willst, und schau zu, wie es entsteht; für alles andere gibt es gute Vorgaben.',
  prompts: [
    '**Beschreibungen**',
    '`eine Burg | Abendrot:0.5` – mehreres auf einmal, jedes mit einem Gewicht',
    '`ein Strand | Menschen:-0.5` oder `ein Strand --no Menschen` – weg von etwas',
    '`--ar 3:2` Form · `--seed 7` dasselbe Bild noch einmal · `--steps 100` · `--quality fine` · `--style ink` · `--count 4` mehrere zur Auswahl',
    '-# Die meisten Modelle verstehen Englisch am besten.',
  ].join('\n'),
  buttons: [
    '**Unter einem fertigen Bild**',
    '🔁 neu gewürfelt · 🎨 ein ähnliches · ✏️ andere Worte · ➕ weitermalen · 🔍 schärfer · 🎞️ wie es wuchs · ℹ️ wie es entstand · ✉️ an dich · ❌ weg damit. Mit 🔁 oder ❌ zu reagieren tut dasselbe. ⭐ bringt es in die Galerie, wo es eine gibt.',
  ].join('\n'),
  commands: '**Befehle**',
};
