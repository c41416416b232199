import type { personal as english } from '../en/personal.js';

export const personal: typeof english = {
  me: {
    waiting: (waiting, most) => `**順番待ち：** ${most}件中${waiting}件`,
    lastMinute: (count, most) => `**直近1分間：** ${most}件中${count}件`,
    today: (count, most) => `**ここでの直近24時間：** ${most}件中${count}件`,
    noPictures: 'まだ絵がありません。`/描く`で描けます。',
    recent: '**最近の絵**',
    choices: '**いつもの設定**：完成の知らせ方と、指定しないときの設定を選べます。',
    nothingChosen: '標準のまま',
    notices: {
      none: '完成したとき：知らせない',
      reply: '完成したとき：返信で知らせる',
      direct: '完成したとき：ダイレクトメッセージで知らせる',
    },
  },
  noticeDone: (what) => `${what} 絵が完成しました。`,
  noticeFailed: (what) => `${what} 今回は描けませんでした。理由はメッセージに書いてあります。`,
  whereItIs: (link) => `[ここ](${link})にあります。`,
  stylesHead: '**画風**',
  stylesSheet: '同じプロンプトを全画風で描いたもの（内蔵モデル）',
  stylesUse: '`/描く`の`画風`オプションで選ぶか、プロンプトに`--style`と名前を書いてください。',
};
