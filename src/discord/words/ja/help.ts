import type { help as english } from '../en/help.js';

export const help: typeof english = {
  intro:
    '**説明してくださったものを描きます。** `/描く`と入力し、見たいものを書くだけで、絵が少しずつ現れます。ほかの設定はおまかせで大丈夫です。',
  prompts: [
    '**プロンプト**',
    '`a castle | a sunset:0.5` – 複数を同時に、それぞれに重みを付けて',
    '`a beach | people:-0.5` または `a beach --no people` – 避けたいもの',
    '`--ar 3:2` 形 · `--seed 7` 同じ絵をもう一度 · `--steps 100` · `--quality fine` · `--style ink` · `--count 4` 複数から選ぶ',
    '-# 多くのモデルは英語を最もよく理解します。',
  ].join('\n'),
  buttons: [
    '**完成した絵の下のボタン**',
    '🔁 別のシード · 🎨 似た絵 · ✏️ 言葉を変える · ➕ 描き足す · 🔍 鮮明に · 🎞️ 描かれる様子 · ℹ️ 作り方 · ✉️ 自分に送る · ❌ 削除。🔁や❌のリアクションでも同じことができます。⭐はギャラリー（ある場合）に載せます。',
  ].join('\n'),
  commands: '**コマンド**',
};
