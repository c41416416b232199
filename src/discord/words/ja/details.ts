import type { details as english } from '../en/details.js';

export const details: typeof english = {
  asked: (userId, when) => `依頼：<@${userId}>さん、${when}`,
  seed: (seed) => `シード：\`${seed}\``,
  pictures: (count: number): string => `1枚のシートに${count}枚`,
  seeds: (seeds: string): string => `それぞれのシード：${seeds}`,
  steps: (painted, asked) =>
    painted === asked ? `ステップ数：${painted}` : `ステップ数：${asked}中${painted}`,
  size: (width, height) => `描画サイズ：${width} × ${height}`,
  file: (width, height, format) => `ファイル：${width} × ${height}、${format}`,
  model: (name) => `モデル：${name}`,
  start: (start) =>
    ({
      prior: '言葉からの下絵で開始',
      noise: 'ノイズから開始',
      picture: '画像から開始',
    })[start],
  init: (strength) => `元の画像を残す割合：${strength}`,
  imagePrompts: (count) => `画像プロンプト：${count}枚`,
  cutouts: (count) => `切り抜き：${count}枚`,
  learningRate: (rate) => `学習率：${rate}`,
  clips: (names) => `ガイド：${names}`,
  loss: (loss) => `損失：${loss}`,
  seconds: (seconds) => `描画時間：${seconds}秒`,
  job: (id) => `絵：\`${id}\``,
};
