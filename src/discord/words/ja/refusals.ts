import { quote } from '../markdown.js';
import { REASON_ROOM, type RefusalWords } from '../refusals.js';

const STATES = {
  done: 'すでに完成しています',
  failed: '完成せずに終わっています',
  cancelled: 'すでに中止されています',
  finishing: 'すでに完成しています',
} as const;

export const refusals: RefusalWords = {
  said: ({ sentence }) => quote(sentence, REASON_ROOM),

  restarting: () => 'ボットを再起動しています。1分ほどしてからもう一度お試しください。',
  expelled: () => 'ボットとDiscordの接続が切れ、受付を停止しています。運営者による確認が必要です。',
  lineFull: () => '順番待ちがいっぱいです。あとでもう一度お試しください。',
  serverFull: () => 'このサーバーの順番待ちは上限に達しています。あとでもう一度お試しください。',
  manyWaiting: ({ limit }) =>
    `すでに${limit}件の絵が順番待ちです。どれかが始まるのを待つか、中止してください。`,
  tooFast: ({ limit }) => `依頼できるのは1分間に${limit}件までです。少しお待ちください。`,
  rerunWaiting: () => 'この絵の別バージョンがすでに順番待ちです。',
  enoughToday: ({ limit }) =>
    `ここで24時間に依頼できるのは${limit}枚までです。しばらくしてからお試しください。`,
  draining: () =>
    '現在、新しい依頼は受け付けていません。順番待ちの絵は描きます。しばらくしてからお試しください。',
  channelsOnly: ({ channels }) =>
    `このチャンネルでは描けません。描けるチャンネル：${channels.map((id) => `<#${id}>`).join('、')}`,
  rolesOnly: ({ roles }) =>
    `ここで描けるのは次のロールの人だけです：${roles.map((id) => `<@&${id}>`).join('、')}`,
  tooManySteps: ({ limit }) =>
    `ここでは1枚につき（シートでは全部で）${limit}ステップまでです。減らしてお試しください。`,
  sideTooLong: ({ limit }) => `ここでは長辺${limit}ピクセルまでです。小さくしてお試しください。`,
  privatePicture: () => 'この絵は別の場所で描かれたものです。描き直せるのはそこだけです。',
  banned: ({ reason }) =>
    reason === null
      ? 'ここで描くことはできません。'
      : `ここで描くことはできません。理由：${quote(reason, REASON_ROOM)}`,
  diskFull: () => 'ボットのディスクに絵を保存する空きがありません。運営者が空きを作るまで描けません。',
  notTaken: () =>
    'このサーバーの自動モデレーションがプロンプトをブロックするため、ここには表示できません。絵は描きません。',
  blockedWord: ({ entry, byServer = false }) =>
    `${byServer ? 'このサーバーのモデレーター' : 'このボットの運営者'}は「${quote(entry, REASON_ROOM)}」を描くことを認めていません。別のものを依頼してください。`,

  noSuchPicture: () =>
    'そのような絵はここにありません。一覧から選ぶか、絵のIDかメッセージへのリンクを入力してください。',
  notYours: () => 'それができるのは、この絵を依頼した人かこのサーバーのモデレーターだけです。',
  notWaiting: () => 'この絵はもう順番待ちではありません。',
  notBegun: () => 'この絵はまだ描き始めたばかりです。少し待ってからお試しください。',
  stillUnderWay: () => 'この絵はまだ終わっていません。',
  operatorsOnly: () => 'それができるのは、このボットの運営者だけです。',
  moderatorsOnly: () => '順番待ちを管理できるのは、そのサーバーのモデレーターだけです。',
  ended: ({ state }) => `この絵は${STATES[state]}。`,
  noPictureKept: () => 'この絵はもう保存されていません。描き直すことはできます。',
  heldBack: () => '表示を控えた絵を見られるのはモデレーターだけです。',
  galleryShut: () =>
    'このサーバーのギャラリーに投稿する権限がないため、絵を載せられませんでした。変更できる人には知らせました。',
  notARule: ({ min, max }) =>
    max === undefined
      ? 'そのようには設定できません。'
      : `ここでは${min ?? 0}から${max}まで設定できます。それ以外はボットの運営者が認めていません。`,
  reportedAlready: () => 'この絵はすでに通報済みです。',
  manyReports: () => '短い間に通報が多すぎます。しばらくお待ちください。',
  unreadable: () => 'この絵の記録が壊れています。もう一度注文してください。',

  byOwner: () => '依頼した人が中止しました。',
  byModerator: () => 'モデレーターが取り除きました。',
  fault: () => '描いている途中で問題が起きました。詳細は運営者がログで確認できます。もう一度お試しください。',
  painterDied: ({ times, how }) =>
    `画家がこの絵を${times}回あきらめました（${quote(how, REASON_ROOM)}）。もっと小さく、または簡単にしてお試しください。`,
  imageGone: () => 'この絵に必要な画像がもう保存されていません。',
  givenPicture: ({ flaw }) =>
    ({
      tooManyBytes: '添付された画像のバイト数が多すぎます。もっと小さい画像にしてください。',
      unknown:
        '添付されたものは読み込める画像ではありません。PNG、JPEG、WebP、GIF、AVIFのいずれかにしてください。',
      heic: '添付された画像はHEIC形式で、読み込めません。JPEGで保存または共有してください。',
      damaged: '添付された画像は壊れているか、ピクセル数が多すぎます。保存し直すか、小さくしてください。',
      adult: '添付された画像は成人向けの内容のように見えるため、ここではそれをもとに描けません。',
    })[flaw],
  pictureLost: () => '完成した絵がボットのディスクから失われました。',
  adult: () =>
    '絵は完成しましたが、成人向けの内容に見えるため、ここでは表示しません。そうでない場合は、モデレーターが表示できます。または別のシードでお試しください。',
  messageGone: () => 'メッセージが削除されました。',
  channelClosed: () => 'チャンネルがなくなったか、投稿できなくなりました。',
  mayNotAttach: () =>
    '絵は完成しましたが、ここにファイルを添付できなくなりました。モデレーターが*ファイルを添付*の権限を付けられます。',
  autoModerated: () =>
    '絵は完成しましたが、このサーバーの自動モデレーションがプロンプトの言葉をブロックしています。',
  explicit: () =>
    '絵は完成しましたが、Discordが成人向けの内容と判断したため、このチャンネルまたは受け取る人には送れません。',
  tooLarge: () => '絵は完成しましたが、ファイルがDiscordの上限を超えています。',
  pictureRefused: () => '絵は完成しましたが、Discordが受け取りませんでした。',
  discordAway: () => '丸一日Discordに接続できませんでした。',
};
