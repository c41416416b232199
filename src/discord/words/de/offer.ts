import type { offer as english, choices as englishChoices } from '../en/offer.js';

export const offer: typeof english = {
  imagine: { name: 'malen', description: 'Ein Bild von dem malen, was du beschreibst' },
  'imagine prompt': {
    name: 'beschreibung',
    description: 'Was gemalt wird; mehreres mit Gewichten: eine Burg | Abendrot:0.5 | Nebel:-0.3',
  },
  'imagine image': {
    name: 'bild',
    description: 'Ein Bild, mit dem begonnen wird (PNG, JPEG, WebP oder GIF)',
  },
  'imagine aspect': { name: 'format', description: 'Die Form des Bildes (quadratisch)' },
  'imagine quality': { name: 'qualität', description: 'Wie viel Arbeit hineingesteckt wird (normal)' },
  'imagine style': { name: 'stil', description: 'Eine Malweise' },
  'imagine steps': { name: 'schritte', description: 'Wie viele Schritte genau, statt einer Qualität' },
  'imagine seed': {
    name: 'seed',
    description: 'Gleicher Seed, gleiche Beschreibung, gleiche Einstellungen: gleiches Bild (zufällig)',
  },
  'imagine count': { name: 'anzahl', description: 'Wie viele Bilder, auf einem Blatt zur Auswahl (1)' },
  'imagine upscaler': {
    name: 'vergrößerung',
    description:
      'Was das Bild vergrößert: Umrechnung oder ein Netz, das Kanten schärft (beim Doppelten das Netz)',
  },
  'imagine strength': {
    name: 'stärke',
    description: 'Wie viel von diesem Bild behalten wird, von 0 bis 1 (1)',
  },
  'imagine image-prompt': {
    name: 'bildvorlage',
    description: 'Ein Bild, auf das neben den Worten hingemalt wird (PNG, JPEG, WebP oder GIF)',
  },
  'imagine no': { name: 'ohne', description: 'Was auf dem Bild nicht zu sehen sein soll' },
  'imagine mask': {
    name: 'maske',
    description: 'Wo gemalt wird: weiß. Sonst bleibt das Ausgangsbild, wie es ist (PNG, JPEG, WebP oder GIF)',
  },
  'imagine palette': {
    name: 'palette',
    description: 'Ein Bild, mit dessen Farben gemalt wird (PNG, JPEG, WebP oder GIF)',
  },
  'imagine tile': {
    name: 'kachel',
    description: 'Ein Bild, dessen Ränder aneinanderpassen, wenn man es wie Kacheln auslegt (nein)',
  },
  'imagine symmetry': {
    name: 'symmetrie',
    description: 'Welche Hälften des Bildes einander spiegeln (keine)',
  },
  'imagine model': { name: 'modell', description: 'Was es malt' },

  queue: { name: 'warteschlange', description: 'Zeigen, was gerade gemalt wird und was wartet' },

  show: { name: 'zeigen', description: 'Ein Bild noch einmal zeigen, mit allem, was darüber bekannt ist' },
  'show picture': { name: 'bild', description: 'Welches; seine Kennung steht darunter' },

  me: { name: 'ich', description: 'Deine Grenzen, deine letzten Bilder und was du ein für alle Mal wählst' },

  styles: { name: 'stile', description: 'Die Malweisen, die du dir wünschen kannst' },

  help: { name: 'hilfe', description: 'Wie man Bilder bestellt, mit etwas zum Ausprobieren' },

  cancel: {
    name: 'abbrechen',
    description: 'Ein eigenes Bild abbrechen, das wartet oder gerade gemalt wird',
  },
  'cancel job': { name: 'bild', description: 'Welches, wenn du mehrere hast' },

  'queue-admin': {
    name: 'warteschlange-verwalten',
    description: 'Über die Warteschlange dieses Servers bestimmen',
  },
  'queue-admin pause': {
    name: 'anhalten',
    description: 'Bilder warten lassen; was gerade gemalt wird, wird noch fertig',
  },
  'queue-admin resume': { name: 'fortsetzen', description: 'Die Warteschlange weitergehen lassen' },
  'queue-admin remove': { name: 'entfernen', description: 'Ein Bild herausnehmen' },
  'queue-admin clear': { name: 'leeren', description: 'Alle wartenden Bilder herausnehmen' },
  'queue-admin move': {
    name: 'verschieben',
    description: 'Einem Bild einen anderen Platz geben; nur Bilder dieses Servers tauschen ihre Plätze',
  },
  'queue-admin place': { name: 'platz', description: 'Welcher Platz: 1 ist der vorderste dieses Servers' },
  'queue-admin front': {
    name: 'vorziehen',
    description: 'Dieses als Nächstes malen (für die Leute, die diesen Bot betreiben)',
  },
  'queue-admin everywhere': {
    name: 'überall',
    description: 'Auf allen Servern, nicht nur auf diesem (für die Leute, die diesen Bot betreiben)',
  },
  'queue-admin job': { name: 'bild', description: 'Welches Bild' },
};

export const choices: typeof englishChoices = {
  square: 'quadratisch',
  portrait: 'Hochformat',
  landscape: 'Querformat',
  draft: 'Entwurf',
  normal: 'normal',
  fine: 'fein',
  lanczos: 'weich (lanczos)',
  learned: 'scharf (learned)',
  nowhere: 'nirgends',
  'age-restricted': 'in Kanälen mit Altersbeschränkung',
  own: 'die des Servers',
  en: 'Englisch',
  de: 'Deutsch',
  ja: 'Japanisch',
  'left-right': 'links und rechts',
  'top-bottom': 'oben und unten',
  both: 'beide',
};
