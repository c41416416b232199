import type { painting as english } from '../en/painting.js';

export const painting: typeof english = {
  queued: ({ position, of }) =>
    of > 1 ? `🕰️ **順番待ち**：${of}件中${position}番目` : '🕰️ **順番待ち**：次に描きます',
  starts: (when) => `開始 ${when}`,
  startsSoon: 'まもなく始まります',
  heldBack: '順番待ちは一時停止中です',
  painting: '🎨 **描いています**',
  warmingUp: '絵の具を混ぜています',
  ends: (when) => `完成 ${when}`,
  progress: ({ percent, step, steps }) => `${percent}%（${steps}ステップ中${step}）`,
  loss: (value) => `損失 ${value}`,
  failed: (reason) => `⚠️ **今回は描けませんでした。** ${reason}`,
  cancelled: (reason) => `🚫 **中止しました。** ${reason}`,
  noReason: 'こちらで問題が起きました。記録してあります。',
  sentDirectly:
    '📬 絵は完成しましたが、ここにファイルを添付する権限がなくなったため、依頼した人に直接送りました。',
  whyDirect: (channelId) => `-# <#${channelId}>に投稿できなくなったため、直接お送りします。`,
  words: 'このサーバーの自動モデレーションにより、プロンプトは表示していません。',
  stoppedEarly: (step) => `ステップ${step}で自動終了`,
  parameters: {
    seed: (seed) => `シード \`${seed}\``,
    steps: (steps) => `${steps}ステップ`,
    size: (width, height) => `${width} × ${height}`,
    cutouts: (count) => `切り抜き${count}枚`,
    seconds: (seconds) => `${seconds}秒で完成`,
    job: (id) => `\`${id}\``,
  },
  buttons: {
    again: 'もう一度',
    cancel: '中止',
    delete: '削除',
    retry: 'やり直す',
    show: '今すぐ表示',
  },
};
