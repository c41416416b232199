import type { permissions as english } from '../en/permissions.js';

export const permissions: typeof english = {
  ViewChannel: 'チャンネルを見る',
  SendMessages: 'メッセージを送る',
  SendMessagesInThreads: 'スレッドでメッセージを送る',
  AttachFiles: 'ファイルを添付',
  ReadMessageHistory: 'メッセージ履歴を読む',
  AddReactions: 'リアクションの追加',
};
