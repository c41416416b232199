import type { ruling as english } from '../en/ruling.js';

export const ruling: typeof english = {
  operatorsOnly: 'それができるのは、このボットの運営者だけです。',
  paused: '一時停止しました。制作中の絵は仕上げ、ほかの絵は待機します。',
  resumed: '順番待ちを再開しました。',
  stillPaused: 'このサーバーの一時停止は解除されましたが、ボットの運営者が全体を一時停止しています。',
  removed: (picture) => `${picture}を取り除きました。`,
  cleared: (count) => `順番待ちから${count}件取り除きました。`,
  banned: (userId) => `<@${userId}>さんは描けなくなりました。順番待ちの絵も取り除きました。`,
  unbanned: (userId) => `<@${userId}>さんは再び描けるようになりました。`,
  unbannedHere: (userId) =>
    `このサーバーでの<@${userId}>さんの禁止は解除されましたが、ボットの運営者が全体で禁止しています。`,
  bannedEverywhere: (userId) =>
    `<@${userId}>さんはこのサーバーでは禁止されていません。ボットの運営者が全体で禁止しており、解除できるのは運営者だけです。`,
  notBanned: (userId) => `<@${userId}>さんは禁止されていませんでした。`,
  movedTo: ({ picture, place, of }) => `${picture}は${of}件中${place}番目になりました。`,
  moved: (picture) => `次は${picture}を描きます。`,
};
