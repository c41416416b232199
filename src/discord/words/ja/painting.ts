import { SHEET_LABELS } from '../sheet-labels.js';
import type { painting as english } from '../en/painting.js';

export const painting: typeof english = {
  queued: ({ position, of }) =>
    of > 1 ? `🕰️ **順番待ち**：${of}件中${position}番目` : '🕰️ **順番待ち**：次に描きます',
  starts: (when) => `開始 ${when}`,
  startUnknown: '開始時刻はまだ分かりません',
  heldBack: '順番待ちは一時停止中です',
  painting: '🎨 **描いています**',
  warmingUp: '絵の具を混ぜています',
  ends: (when) => `完成 ${when}`,
  progress: ({ percent, step, steps }) => `${percent}%（${steps}ステップ中${step}）`,
  failed: (reason) => `⚠️ **今回は描けませんでした。** ${reason}`,
  cancelled: (reason) => `🚫 **中止しました。** ${reason}`,
  noReason: 'こちらで問題が起きました。記録してあります。',
  sentDirectly:
    '📬 絵は完成しましたが、ここにファイルを添付する権限がなくなったため、依頼した人に直接送りました。',
  whyDirect: (channelId) => `-# <#${channelId}>に投稿できなくなったため、直接お送りします。`,
  words: 'このサーバーの自動モデレーションにより、プロンプトは表示していません。',
  stoppedEarly: (step) => `ステップ${step}で自動終了`,
  finishedEarly: (step) => `ステップ${step}で切り上げ`,
  parameters: {
    seed: (seed) => `シード \`${seed}\``,
    steps: (steps) => `${steps}ステップ`,
    size: (width, height) => `${width} × ${height}`,
    pictures: (count) => `${count}枚`,
    job: (id) => `\`${id}\``,
  },
  buttons: {
    again: 'もう一度',
    retry: 'やり直す',
    cancel: '中止',
    finish: 'ここで完成',
    delete: '削除',
    show: '今すぐ表示',
    review: '確認する',
    vary: 'バリエーション',
    remix: 'リミックス',
    more: '描き足す',
    enlarge: '拡大',
    film: 'タイムラプス',
    details: '詳細',
    direct: '自分に送る',
    ...SHEET_LABELS,
  },
};
