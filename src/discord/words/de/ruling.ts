import type { ruling as english } from '../en/ruling.js';
import { pluralIn } from '../plural.js';

const plural = pluralIn('de');

export const ruling: typeof english = {
  operatorsOnly: 'Das dürfen nur die Leute, die diesen Bot betreiben.',
  paused: 'Angehalten: Was gerade gemalt wird, wird noch fertig, alles andere wartet.',
  resumed: 'Die Warteschlange geht weiter.',
  stillPaused:
    'Dieser Server hält seine Warteschlange nicht mehr an, aber die Leute, die diesen Bot betreiben, haben alles angehalten.',
  removed: (picture) => `${picture} ist entfernt.`,
  cleared: (count) =>
    plural(count, {
      one: `${count} Bild aus der Warteschlange entfernt.`,
      other: `${count} Bilder aus der Warteschlange entfernt.`,
    }),
  banned: (userId) => `<@${userId}> darf nicht mehr malen; was in der Warteschlange stand, ist entfernt.`,
  unbanned: (userId) => `<@${userId}> darf wieder malen.`,
  unbannedHere: (userId) =>
    `<@${userId}> ist auf diesem Server nicht mehr gesperrt, aber die Leute, die diesen Bot betreiben, haben <@${userId}> überall gesperrt.`,
  bannedEverywhere: (userId) =>
    `<@${userId}> war auf diesem Server nicht gesperrt; die Sperre gilt überall, und nur die Leute, die diesen Bot betreiben, können sie aufheben.`,
  notBanned: (userId) => `<@${userId}> war nicht gesperrt.`,
  movedTo: ({ picture, place, of }) => `${picture} hat jetzt Platz ${place} von ${of}.`,
  moved: (picture) => `${picture} ist als Nächstes dran.`,
};
