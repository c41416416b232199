import type { permissions as english } from '../en/permissions.js';

export const permissions: typeof english = {
  ViewChannel: 'Kanal anzeigen',
  SendMessages: 'Nachrichten senden',
  SendMessagesInThreads: 'Nachrichten in Threads senden',
  AttachFiles: 'Dateien anhängen',
  ReadMessageHistory: 'Nachrichtenverlauf anzeigen',
  AddReactions: 'Reaktionen hinzufügen',
};
