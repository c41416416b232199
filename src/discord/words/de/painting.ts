import { SHEET_LABELS } from '../sheet-labels.js';
import type { painting as english } from '../en/painting.js';

export const painting: typeof english = {
  queued: ({ position, of }) =>
    of > 1
      ? `🕰️ **In der Warteschlange**, Platz ${position} von ${of}`
      : '🕰️ **In der Warteschlange**, als Nächstes',
  starts: (when) => `beginnt ${when}`,
  startUnknown: 'wann, ist noch nicht bekannt',
  heldBack: 'die Warteschlange ist angehalten',
  painting: '🎨 **Ich male**',
  warmingUp: 'die Farben werden gemischt',
  ends: (when) => `fertig ${when}`,
  progress: ({ percent, step, steps }) => `${percent} %, Schritt ${step} von ${steps}`,
  failed: (reason) => `⚠️ **Diesmal kein Bild.** ${reason}`,
  cancelled: (reason) => `🚫 **Abgebrochen.** ${reason}`,
  noReason: 'Bei uns ist etwas schiefgegangen; es ist vermerkt.',
  sentDirectly:
    '📬 Das Bild ist fertig, aber ich darf hier keine Dateien mehr anhängen: Ich habe es direkt an die Person geschickt, der es gehört.',
  whyDirect: (channelId) =>
    `-# Ich darf das Bild in <#${channelId}> nicht mehr zeigen, darum kommt es direkt zu dir.`,
  words: 'Der Text fehlt hier: Die automatische Moderation dieses Servers blockiert ihn.',
  stoppedEarly: (step) => `bei Schritt ${step} von selbst fertig`,
  finishedEarly: (step) => `vorzeitig fertig, bei Schritt ${step}`,
  parameters: {
    seed: (seed) => `Seed \`${seed}\``,
    steps: (steps) => `${steps} Schritte`,
    size: (width, height) => `${width} × ${height}`,
    pictures: (count) => `${count} Bilder`,
    job: (id) => `\`${id}\``,
  },
  buttons: {
    again: 'Noch einmal',
    retry: 'Erneut versuchen',
    cancel: 'Abbrechen',
    finish: 'Jetzt fertig',
    delete: 'Löschen',
    show: 'Jetzt zeigen',
    review: 'Ansehen',
    vary: 'Variation',
    remix: 'Abwandeln',
    more: 'Weitermalen',
    enlarge: 'Vergrößern',
    film: 'Zeitraffer',
    details: 'Einzelheiten',
    direct: 'An mich',
    ...SHEET_LABELS,
  },
};
