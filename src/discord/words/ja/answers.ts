import type { answers as english } from '../en/answers.js';

export const answers: typeof english = {
  fault: 'こちらで問題が起きました。記録してありますので、もう一度お試しください。',
  answerRefused: 'Discordに返答を受け付けてもらえませんでした。ご依頼の操作は済んでいます。',
  answerBlocked: 'このサーバーの自動モデレーションが返答の言葉を遮りました。ご依頼の操作は済んでいます。',
  reasonRefused: 'ご依頼の操作は行われていません。理由を伝える文はDiscordに受け付けてもらえませんでした。',
  answerTooLarge: '返答がDiscordの上限を超えています。ご依頼の操作は済んでいます。',
  unknownCommand: 'このコマンドは現在使えません。/ を入力すると、使えるコマンドが表示されます。',
  unknownButton: 'このボタンは古いもので、何をするものだったか分からなくなりました。',
  unknownJob: 'この絵はもう分かりません。',
  cannotPost: (permissions) =>
    `このチャンネルには絵を投稿できません。モデレーターに「${permissions}」の権限をお願いしてください。`,
  notAMember: (invite) =>
    `ボットユーザーなしでこのサーバーに追加されています。[もう一度招待](<${invite}>)してください。`,
  cancelDone: '中止しました。',
  cancelTooLate: 'すでに終わっていました。',
  nothingToCancel: '順番待ちや作業中の絵はありません。',
  whichToCancel: '順番待ちや作業中の絵が複数あります。`絵`オプションで選んでください。',
  deleted: '削除しました。',
  notYoursToDelete: 'この絵を削除できるのは、依頼した人かモデレーターだけです。',
  unknownWord: (word) => `*${word}*という言葉は知りません。`,
  unknownWordBut: (word, known) => `*${word}*という言葉は知りません。${known}なら知っています。`,
  comma: '、',
  notAPicture: '描き始めにできるのは画像だけです。PNG・JPEG・WebP・GIFのファイルを添付してください。',
  pictureTooLarge: (megabytes) => `画像が大きすぎます。上限は${megabytes} MBです。`,
  pictureNotHad: 'その画像をDiscordから取得できませんでした。もう一度添付してください。',
  strengthAlone: '`強さ`は画像をどれだけ残すかを決めるオプションです。`画像`に画像を添付してください。',
  notOnReaction: (link, sentence) => `${link}へのリアクションについて：${sentence}`,
  noFilm: 'この絵には映像にできるほどの途中経過がありません。',
  filmTooLarge: '映像がDiscordの上限を超えています。',
  filmOf: (link) => `🎞️ ${link}ができるまで。`,
  showing: '表示してみます。',
  notInThread:
    'このプライベートスレッドのメンバーではないため、ここには何も表示できません。一度メンションして招き入れてから、もう一度お試しください。',
  finishing: '今の状態で完成にします。',
  mostSteps: (steps) => `すでに${steps}ステップ描いています。ここではこれ以上描けません。`,
  isLargest: 'すでに最大の大きさと鮮明さです。',
  sentToYou: 'ダイレクトメッセージで送りました。',
  noDirect:
    'ダイレクトメッセージを送れませんでした。このサーバーのプライバシー設定でメンバーからのダイレクトメッセージを許可して、もう一度押してください。',
  remix: {
    title: 'リミックス',
    prompt: 'プロンプト',
    options: 'オプション',
    hint: '--seedを消すとシードは新しくなります。ほかに：--ar 3:2、--no 霧、--quality fine、--style ink',
  },
};
