import type { offer as english, choices as englishChoices } from '../en/offer.js';

export const offer: typeof english = {
  imagine: { name: '描く', description: '説明した内容の絵を描きます' },
  'imagine prompt': {
    name: 'プロンプト',
    description: '描くもの。重み付きで複数も可能：城 | 夕焼け:0.5 | 霧:-0.3',
  },
  'imagine image': { name: '画像', description: '描き始めにする画像（PNG・JPEG・WebP・GIF）' },
  'imagine aspect': { name: '縦横比', description: '絵の形（正方形）' },
  'imagine quality': { name: '品質', description: 'どれだけ手間をかけるか（標準）' },
  'imagine style': { name: '画風', description: '絵の描き方' },
  'imagine steps': { name: 'ステップ数', description: '品質の代わりにステップ数を直接指定します' },
  'imagine seed': {
    name: 'シード',
    description: '同じシード・プロンプト・設定なら同じ絵になります（ランダム）',
  },
  'imagine count': { name: '枚数', description: '何枚描くか。1枚のシートに並び、選べます（1）' },
  'imagine upscaler': {
    name: '拡大方法',
    description: '絵の拡大方法：なめらかな補間、または輪郭を鮮明にするネットワーク（2倍ではネットワーク）',
  },
  'imagine strength': { name: '強さ', description: 'その画像をどれだけ残すか、0〜1（1）' },
  'imagine image-prompt': {
    name: '画像プロンプト',
    description: '言葉とともに目指す画像（PNG・JPEG・WebP・GIF）',
  },
  'imagine no': { name: '除外', description: '絵に描かないもの' },
  'imagine mask': {
    name: 'マスク',
    description: '描く場所（白）。ほかは元の絵のまま（PNG、JPEG、WebP、GIF）',
  },
  'imagine palette': { name: '配色', description: 'この画像の色で描く（PNG、JPEG、WebP、GIF）' },
  'imagine tile': { name: 'タイル', description: '並べると端がつながる絵にする（しない）' },
  'imagine symmetry': { name: '対称', description: '絵のどの半分を鏡写しにするか（なし）' },
  'imagine model': { name: 'モデル', description: '絵を描くモデル' },

  queue: { name: '順番待ち', description: '制作中の絵と順番待ちの絵を表示します' },

  show: { name: '表示', description: '絵をもう一度、詳しい情報とともに表示します' },
  'show picture': { name: '絵', description: 'どの絵か。IDは絵の下にあります' },

  me: { name: '自分', description: '自分の上限、最近の絵、いつもの設定を表示します' },

  styles: { name: '画風一覧', description: '選べる画風を表示します' },

  help: { name: 'ヘルプ', description: '絵の頼み方と、すぐに試せる例を表示します' },

  cancel: { name: '中止', description: '順番待ちまたは制作中の自分の絵を中止します' },
  'cancel job': { name: '絵', description: '複数あるとき、どの絵か' },

  'queue-admin': { name: '順番待ち管理', description: 'このサーバーの順番待ちを管理します' },
  'queue-admin pause': {
    name: '一時停止',
    description: '順番待ちを止めます。制作中の絵は仕上げます',
  },
  'queue-admin resume': { name: '再開', description: '順番待ちを再開します' },
  'queue-admin remove': { name: '取り除く', description: '絵を1件取り除きます' },
  'queue-admin clear': { name: '空にする', description: '順番待ちの絵をすべて取り除きます' },
  'queue-admin move': {
    name: '移動',
    description: '絵の順番を変えます。入れ替わるのはこのサーバーの絵だけです',
  },
  'queue-admin place': { name: '順番', description: '何番目か。1はこのサーバーで最も早い順番' },
  'queue-admin front': { name: '先頭へ', description: '次にこの絵を描きます（ボットの運営者用）' },
  'queue-admin everywhere': {
    name: '全体',
    description: 'このサーバーだけでなくすべてのサーバーで（ボットの運営者用）',
  },
  'queue-admin job': { name: '絵', description: 'どの絵か' },
};

export const choices: typeof englishChoices = {
  square: '正方形',
  portrait: '縦長',
  landscape: '横長',
  draft: '下描き',
  normal: '標準',
  fine: '精細',
  lanczos: 'なめらか（lanczos）',
  learned: '鮮明（learned）',
  nowhere: 'どこにも表示しない',
  'age-restricted': '年齢制限のあるチャンネル',
  own: 'サーバーの言語',
  en: '英語',
  de: 'ドイツ語',
  ja: '日本語',
  'left-right': '左右',
  'top-bottom': '上下',
  both: '両方',
};
