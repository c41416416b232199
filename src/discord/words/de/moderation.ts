import type { moderation as english } from '../en/moderation.js';
import { pluralIn } from '../plural.js';

const plural = pluralIn('de');

export const moderation: typeof english = {
  settingsTitle: '**Was auf diesem Server gilt**',
  mayNotPostIn: (channelId, permissions) =>
    `⚠️ Ich darf in <#${channelId}> nicht schreiben: Gib mir dort ${permissions}.`,
  galleryShut: (channelId) =>
    `⚠️ Jemand hat einem Bild einen ⭐ gegeben, aber ich darf in der Galerie <#${channelId}> nicht schreiben: Gib mir dort *Kanal anzeigen*, *Nachrichten senden* und *Dateien anhängen*, oder wähle mit \`/einstellungen galerie\` einen anderen Kanal.`,
  setTo: (name, value) => `**${name}** · ${value}`,
  byDefault: '*(Standard)*',
  anyChannel: 'überall',
  anybody: 'alle',
  noWords: 'keine',
  noChannel: 'keiner',
  yes: 'ja',
  no: 'nein',
  andMore: (count) => `und ${count} weitere`,

  bansTitle: '**Dürfen hier nicht malen**',
  bansEverywhereTitle: '**Dürfen nirgends malen**',
  nobodyBanned: 'Hier ist niemand gesperrt.',
  nobodyBannedEverywhere: 'Niemand ist überall gesperrt.',
  banLine: ({ userId, by, when, reason }) =>
    `<@${userId}> · von <@${by}>, ${when}${reason && ` · ${reason}`}`,
  ownLimitsTitle: '**Eigene Grenzen**',
  ownLimit: ({ userId, name, value }) => `<@${userId}> · ${name} ${value}`,
  personLimited: (userId, count) =>
    plural(count, {
      one: `Von <@${userId}> darf hier ${count} Bild warten.`,
      other: `Von <@${userId}> dürfen hier ${count} Bilder warten.`,
    }),
  personQuota: (userId, count) =>
    plural(count, {
      one: `<@${userId}> darf sich hier in 24 Stunden ${count} Bild wünschen.`,
      other: `<@${userId}> darf sich hier in 24 Stunden ${count} Bilder wünschen.`,
    }),
  personLikeAll: (userId) => `Für <@${userId}> gilt dasselbe wie für alle.`,
  logTitle: '**Was zuletzt getan wurde**',
  logEmpty: 'Noch wurde nichts getan.',

  retried: (picture) => `Wird noch einmal gemalt, als ${picture}.`,
  draining: 'Es wird nichts mehr angenommen; was wartet, wird gemalt. `/queue-admin resume` beendet das.',
  rulersOnly: 'Das darf nur, wer die Berechtigung „Server verwalten“ hat.',

  deed: ({ who, what, when }) => `${when} · ${who} ${what}`,
  deeds: {
    remove: (job, owner) => `hat das Bild ${job} von ${owner} herausgenommen`,
    delete: (job, owner) => `hat das Bild ${job} von ${owner} gelöscht`,
    finish: (job, owner) => `hat das Bild ${job} von ${owner} vorzeitig beendet`,
    release: (job, owner) => `hat das zurückgehaltene Bild ${job} von ${owner} zeigen lassen`,
    retry: (job, owner) => `hat das Bild ${job} von ${owner} noch einmal malen lassen`,
    clear: (count) => `hat die Warteschlange geleert (${count})`,
    pause: 'hat die Warteschlange angehalten',
    resume: 'hat die Warteschlange weitergehen lassen',
    drain: 'lässt die Warteschlange auslaufen',
    move: (job, owner, place) => `hat das Bild ${job} von ${owner} auf Platz ${place} gesetzt`,
    prioritise: (job) => `hat dem Bild ${job} einen anderen Platz gegeben`,
    ban: (person, reason) => `hat ${person} gesperrt${reason && `: ${reason}`}`,
    unban: (person) => `lässt ${person} wieder malen`,
    set: (name, value) => `hat ${name} auf ${value} gesetzt`,
    setFor: (name, value, person) => `hat ${name} für ${person} auf ${value} gesetzt`,
    report: (job, owner, reason) => `hat das Bild ${job} von ${owner} gemeldet${reason && `: ${reason}`}`,
    other: (name) => `hat getan: ${name}`,
  },

  menus: { details: 'Einzelheiten', report: 'Melden' },
  reported: 'Danke; die Moderatoren wissen Bescheid.',
  reportedNowhere: 'Es ist vermerkt, aber ich konnte keinen Moderator erreichen; bitte sag einem Bescheid.',
  reportTitle: '🚩 **Ein Bild wurde gemeldet**',
  reportBy: (userId) => `von <@${userId}>`,
  reportOf: (userId) => `gemalt für <@${userId}>`,
  noPictureThere: 'Diese Nachricht zeigt kein Bild von mir.',

  takenAway: (prompt, place) => `Ein Moderator hat dein Bild ${prompt} entfernt (${place}).`,
  movedInLine: (picture, place) =>
    `Jemand von der Moderation hat dein Bild ${picture} auf Platz ${place} der Warteschlange gesetzt.`,
  adultReview: 'Das wurde zurückgehalten. Sieh es an, und zeig es allen oder lösch es.',

  exported: 'Alles, was ich von dir aufbewahre, ist in dieser Datei; nur du siehst sie.',
  notSure: 'Nichts wurde gelöscht: Setz `sicher` auf True, um alles zu löschen.',
  forgotten: ({ pictures, messages }) =>
    [
      'Alles von dir ist gelöscht:',
      plural(pictures, {
        one: '1 Bild mit seiner Beschreibung.',
        other: `${pictures} Bilder mit ihren Beschreibungen.`,
      }),
      plural(messages, {
        one: '1 Nachricht wird gerade entfernt.',
        other: `${messages} Nachrichten werden gerade entfernt.`,
      }),
      'Sperren und Taten von Moderatoren bleiben.',
    ].join(' '),

  statsTitle: '**Auf diesem Server gemalt**',
  statsToday: 'letzte 24 Stunden',
  statsWeek: 'letzte 7 Tage',
  statsLine: ({ span, done, people, failed, wait }) =>
    `**${span}** · gemalt ${done}, für ${people} · misslungen ${failed}${wait === null ? '' : ` · die Hälfte wartete höchstens ${wait}`}`,
  people: (count) => plural(count, { one: `${count} Person`, other: `${count} Leute` }),
  seconds: (count) => `${count} s`,
  minutes: (count) => `${count} Min.`,
};
