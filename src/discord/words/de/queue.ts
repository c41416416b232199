import type { queue as english } from '../en/queue.js';

export const queue: typeof english = {
  queueEmpty: 'Niemand steht an. Die Staffelei ist frei.',
  queuePaused: '⏸️ Die Warteschlange ist angehalten.',
  queueNow: '**Wird gerade gemalt**',
  queueNext: '**In der Warteschlange**',
  queueMore: (count) => `… und ${count} weitere`,
  queueElsewhere: 'ein Bild in einem anderen Kanal',
  queueElsewhereCount: (count) => `${count} auf anderen Servern`,
  queuePainters: (busy, all) => `${busy} von ${all} Malern bei der Arbeit`,
  queueUnreadable: (count, jobs) =>
    count === 1
      ? `Der Eintrag eines Bildes war nicht lesbar (${jobs}); das Protokoll nennt, was daran falsch ist.`
      : `Die Einträge von ${count} Bildern waren nicht lesbar (${jobs}); das Protokoll nennt, was daran falsch ist.`,
  presenceFree: 'Frei: /malen',
  presence: (painting, waiting) => `Malt ${painting} · ${waiting} in der Warteschlange`,
};
