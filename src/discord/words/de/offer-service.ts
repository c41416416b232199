import type { offerService as english } from '../en/offer-service.js';

export const offerService: typeof english = {
  settings: { name: 'einstellungen', description: 'Ansehen und ändern, was auf diesem Server gilt' },
  'settings show': { name: 'zeigen', description: 'Alles zeigen, was hier eingestellt ist' },
  'settings channels': { name: 'kanäle', description: 'Kanäle, in denen gemalt werden darf (überall)' },
  'settings roles': { name: 'rollen', description: 'Rollen, die malen dürfen (alle)' },
  'settings max-steps': {
    name: 'höchste-schrittzahl',
    description: 'So viele Schritte hat ein Bild höchstens; auf einem Blatt alle Bilder zusammen',
  },
  'settings max-side': { name: 'längste-seite', description: 'Die längste Seite eines Bildes in Pixeln' },
  'settings waiting-per-user': {
    name: 'wartend-pro-person',
    description: 'Wie viele Bilder einer Person warten dürfen',
  },
  'settings waiting-per-server': {
    name: 'wartend-pro-server',
    description: 'Wie viele Bilder dieses Servers warten dürfen',
  },
  'settings per-day': {
    name: 'pro-tag',
    description: 'Wie viele Bilder sich eine Person in 24 Stunden wünschen darf',
  },
  'settings blocked-words': {
    name: 'verbotene-wörter',
    description: 'Wörter, die keine Beschreibung enthalten darf, auch nicht verkleidet',
  },
  'settings allowed-words': {
    name: 'erlaubte-wörter',
    description: 'Wendungen, die ein verbotenes Wort enthalten und trotzdem erlaubt sind',
  },
  'settings adult': {
    name: 'erwachsene',
    description: 'Wo Bilder gezeigt werden, die nach Inhalten für Erwachsene aussehen',
  },
  'settings adult-limit': {
    name: 'erwachsenen-grenze',
    description: 'Ab welcher Sicherheit (0 bis 1) ein Bild als Inhalt für Erwachsene zurückgehalten wird',
  },
  'settings language': { name: 'sprache', description: 'Die Sprache von allem, was alle lesen' },
  'settings frame-seconds': {
    name: 'bildabstand',
    description: 'Die kürzeste Zeit zwischen zwei Zwischenbildern in einem Kanal, in Sekunden',
  },
  'settings retention-days': {
    name: 'aufbewahrung',
    description: 'Wie viele Tage Bilder und Beschreibungen aufbewahrt werden',
  },
  'settings gallery': {
    name: 'galerie',
    description: 'Wo Bilder noch einmal gezeigt werden, denen jemand einen ⭐ gegeben hat',
  },
  'settings log-channel': {
    name: 'protokollkanal',
    description: 'Wo Taten von Moderatoren und Meldungen berichtet werden',
  },
  'settings tell-removed': {
    name: 'entfernung-mitteilen',
    description: 'Ob eine Direktnachricht bekommt, wessen Bild entfernt wurde',
  },
  'settings value': { name: 'wert', description: 'Was es sein soll' },
  'settings add': {
    name: 'dazu',
    description: 'Was auf die Liste kommt; mehrere Wörter mit Kommas dazwischen',
  },
  'settings remove': { name: 'weg', description: 'Was von der Liste geht' },
  'settings default': {
    name: 'standard',
    description: 'Zurück zu dem, was die Leute eingestellt haben, die diesen Bot betreiben',
  },
  mod: { name: 'moderieren', description: 'Das Malen auf diesem Server moderieren' },
  'mod ban': {
    name: 'sperren',
    description: 'Jemanden hier nicht mehr malen lassen; Wartendes und Angefangenes wird entfernt',
  },
  'mod unban': { name: 'entsperren', description: 'Jemanden hier wieder malen lassen' },
  'mod list': { name: 'liste', description: 'Zeigen, wer nicht malen darf und wer eigene Grenzen hat' },
  'mod limit': { name: 'grenze', description: 'Wie viele Bilder von jemandem hier warten dürfen' },
  'mod quota': {
    name: 'kontingent',
    description: 'Wie viele Bilder sich jemand hier in 24 Stunden wünschen darf',
  },
  'mod log': { name: 'protokoll', description: 'Zeigen, was Moderatoren getan haben und was gemeldet wurde' },
  'mod user': { name: 'person', description: 'Wer' },
  'mod reason': { name: 'grund', description: 'Ein Satz, der der Person gesagt wird' },
  'mod everywhere': {
    name: 'überall',
    description: 'Auf allen Servern, nicht nur auf diesem (für die Leute, die diesen Bot betreiben)',
  },
  'mod pictures': { name: 'bilder', description: 'Wie viele; weglassen, damit gilt, was für alle gilt' },
  'queue-admin retry': {
    name: 'wiederholen',
    description: 'Ein misslungenes Bild noch einmal malen, für die Person, die es sich gewünscht hat',
  },
  'queue-admin drain': {
    name: 'auslaufen',
    description: 'Bis zum Fortsetzen nichts mehr annehmen; was wartet, wird gemalt',
  },
  report: { name: 'melden', description: 'Den Moderatoren ein Bild melden' },
  'report picture': { name: 'bild', description: 'Ein Link zu seiner Nachricht oder seine Kennung' },
  'report reason': { name: 'grund', description: 'Was daran nicht in Ordnung ist' },
  privacy: { name: 'datenschutz', description: 'Was dieser Bot von dir aufbewahrt' },
  'privacy export': {
    name: 'ausgeben',
    description: 'Alles bekommen, was von dir aufbewahrt wird, als Datei, die nur du siehst',
  },
  'privacy delete': {
    name: 'löschen',
    description: 'Alles löschen, was von dir aufbewahrt wird, auch deine Bilder hier',
  },
  'privacy sure': {
    name: 'sicher',
    description: 'Ja: Alles wird gelöscht, auch was gerade gemalt wird, und kommt nicht wieder',
  },
  stats: { name: 'statistik', description: 'Wie viel hier gemalt wird, für wen, und wie lange sie warten' },
};
