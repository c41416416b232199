import type { queue as english } from '../en/queue.js';

export const queue: typeof english = {
  queueEmpty: '順番待ちはありません。イーゼルは空いています。',
  queuePaused: '⏸️ 順番待ちは一時停止中です。',
  queueNow: '**制作中**',
  queueNext: '**順番待ち**',
  queueMore: (count) => `…ほか${count}件`,
  queueElsewhere: '別のチャンネルの絵',
  queueElsewhereCount: (count) => `ほかのサーバーに${count}件`,
  queuePainters: (busy, all) => `画家${all}人中${busy}人が制作中`,
  queueUnreadable: (count, jobs) =>
    `${count}枚の絵の記録が読めませんでした（${jobs}）。詳しくはログをご覧ください。`,
  presenceFree: '空いています：/描く',
  presence: (painting, waiting) => `制作中${painting}件・順番待ち${waiting}件`,
};
