import type { moderation as english } from '../en/moderation.js';

export const moderation: typeof english = {
  settingsTitle: '**このサーバーの設定**',
  mayNotPostIn: (channelId, permissions) =>
    `⚠️ <#${channelId}>に投稿できません。そこで次の権限をください：${permissions}`,
  galleryShut: (channelId) =>
    `⚠️ 絵に⭐が付きましたが、ギャラリー<#${channelId}>に投稿できません。そこで「チャンネルを見る」「メッセージを送る」「ファイルを添付」を許可するか、\`/設定 ギャラリー\`で別のチャンネルを選んでください。`,
  setTo: (name, value) => `**${name}** · ${value}`,
  byDefault: '*（既定）*',
  anyChannel: 'どこでも',
  anybody: '全員',
  noWords: 'なし',
  noChannel: 'なし',
  yes: 'はい',
  no: 'いいえ',
  andMore: (count) => `ほか${count}件`,

  bansTitle: '**ここで描けない人**',
  bansEverywhereTitle: '**どこでも描けない人**',
  nobodyBanned: 'ここで禁止されている人はいません。',
  nobodyBannedEverywhere: 'すべての場所で禁止されている人はいません。',
  banLine: ({ userId, by, when, reason }) => `<@${userId}> · <@${by}>、${when}${reason && ` · ${reason}`}`,
  ownLimitsTitle: '**個別の上限**',
  ownLimit: ({ userId, name, value }) => `<@${userId}> · ${name} ${value}`,
  personLimited: (userId, count) => `<@${userId}>さんがここで順番待ちできるのは${count}枚までです。`,
  personQuota: (userId, count) => `<@${userId}>さんがここで24時間に依頼できるのは${count}枚までです。`,
  personLikeAll: (userId) => `<@${userId}>さんには全員と同じ上限が適用されます。`,
  logTitle: '**最近の操作**',
  logEmpty: 'まだ何も行われていません。',

  retried: (picture) => `もう一度描きます：${picture}`,
  draining: '新しい依頼を受け付けません。待っている絵は描きます。`/queue-admin resume`で再開します。',
  rulersOnly: 'それができるのは「サーバー管理」の権限を持つメンバーだけです。',

  deed: ({ who, what, when }) => `${when} · ${who}：${what}`,
  deeds: {
    remove: (job, owner) => `${owner}さんの絵${job}を取り除きました`,
    delete: (job, owner) => `${owner}さんの絵${job}を削除しました`,
    finish: (job, owner) => `${owner}さんの絵${job}を途中で仕上げました`,
    release: (job, owner) => `表示を控えた${owner}さんの絵${job}を表示しました`,
    retry: (job, owner) => `${owner}さんの絵${job}をもう一度描かせました`,
    clear: (count) => `順番待ちを空にしました（${count}件）`,
    pause: '順番待ちを一時停止しました',
    resume: '順番待ちを再開しました',
    drain: '新しい依頼の受付を止めました',
    move: (job, owner, place) => `${owner}さんの絵${job}を${place}番目に動かしました`,
    prioritise: (job) => `絵${job}の順番を変えました`,
    ban: (person, reason) => `${person}さんを禁止しました${reason && `：${reason}`}`,
    unban: (person) => `${person}さんの禁止を解除しました`,
    set: (name, value) => `${name}を${value}にしました`,
    setFor: (name, value, person) => `${person}さんの${name}を${value}にしました`,
    report: (job, owner, reason) => `${owner}さんの絵${job}を通報しました${reason && `：${reason}`}`,
    other: (name) => `操作：${name}`,
  },

  menus: { details: '詳細', report: '通報する' },
  reported: 'ありがとうございます。モデレーターに知らせました。',
  reportedNowhere: '記録しましたが、モデレーターに連絡できませんでした。直接お知らせください。',
  reportTitle: '🚩 **絵が通報されました**',
  reportBy: (userId) => `通報した人：<@${userId}>`,
  reportOf: (userId) => `依頼した人：<@${userId}>`,
  noPictureThere: 'そのメッセージに私の絵はありません。',

  takenAway: (prompt, place) => `モデレーターがあなたの絵${prompt}を取り除きました（${place}）。`,
  movedInLine: (picture, place) =>
    `モデレーターがあなたの絵${picture}を順番待ちの${place}番目に動かしました。`,
  adultReview: '表示を控えた絵です。確認して、全員に表示するか削除してください。',

  exported: 'あなたについて保存しているものはすべてこのファイルにあります。見えるのはあなただけです。',
  notSure: '何も消去していません。すべて消去するには`確認`をTrueにしてください。',
  forgotten: ({ pictures, messages }) =>
    `あなたに関するものをすべて消去しました（プロンプトと絵：${pictures}件）。メッセージ${messages}件を取り除いています。禁止とモデレーターの操作の記録は残ります。`,

  statsTitle: '**このサーバーで描いた絵**',
  statsToday: '過去24時間',
  statsWeek: '過去7日間',
  statsLine: ({ span, done, people, failed, wait }) =>
    `**${span}** · ${people}人に${done}枚 · 失敗${failed}件${wait === null ? '' : ` · 半数の待ち時間は${wait}以内`}`,
  people: (count) => String(count),
  seconds: (count) => `${count}秒`,
  minutes: (count) => `${count}分`,
};
