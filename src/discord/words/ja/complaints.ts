import type { ComplaintWords } from '../../../requests/complaint.js';

export const complaints: ComplaintWords = {
  notWhole: ({ option, min, max, got }) =>
    `\`${option}\`には${min}から${max}までの整数を指定してください（\`${got}\`でした）。`,
  notInRange: ({ option, min, max, got }) =>
    `\`${option}\`には${min}から${max}までの数を指定してください（\`${got}\`でした）。`,
  notAChoice: ({ option, choices, got }) =>
    `\`${option}\`には${choices.join('、')}のどれかを指定してください（\`${got}\`でした）。`,
  wrongValue: ({ option, got }) => `\`${option}\`に\`${got}\`は指定できません。`,
  wrongField: ({ field, got }) => `\`${field}\`に\`${got}\`は指定できません。`,
  otherModel: ({ model, got }) => `これはモデル\`${got}\`への依頼で、\`${model}\`への依頼ではありません。`,
  noSuchModel: ({ model, others }) =>
    `モデル\`${model}\`はここには（もう）ありません。あるのは：${others.join('、') || 'なし'}`,
  notMultiple: ({ option, factor, model, got }) =>
    `モデル\`${model}\`では\`${option}\`は${factor}の倍数にしてください（\`${got}\`は指定できません）。`,
  noSuchClip: ({ clip, model, known }) =>
    `モデル\`${model}\`にCLIP\`${clip}\`はありません。あるのは：${known.join('、') || '名前のあるものはなし'}`,
  noPrompt: () => '何を描くかを書いてください。',
  emptyPrompt: () => '何を描くかが空です。',
  emptyPart: () => '`|`と`//`の前後には、何を描くかを書いてください。',
  wordlessPrior: () => '言葉から描き始めるには、言葉のプロンプトが必要です。',
  manyPrompts: ({ most, got }) => `プロンプトは一度に${most}個までです（${got}個ありました）。`,
  longPrompt: ({ most, got }) => `プロンプトは${most}文字までです（${got}文字ありました）。`,
  weightless: ({ prompt }) => `\`${prompt}\`の重みを0にはできません。`,
  unknownFlag: ({ flag, understood }) =>
    `\`--${flag}\`はここでは意味がありません。使えるのは：${understood.join('、')}`,
  bareFlag: ({ flag, understood }) => `\`--${flag}\`の後に値が必要です。例：${understood.join('、')}`,
  noPrior: ({ model }) => `モデル\`${model}\`は言葉からの下絵を作れません。ノイズか画像から始めてください。`,
  noEncoder: ({ model }) => `モデル\`${model}\`は画像から描き始められません。`,
  noJourney: ({ model }) => `モデル\`${model}\`では旅の絵は描けません。`,
  startWithout: () => '画像から描き始めるには、画像を添付してください。',
  uselessInit: () => '添付した画像は描き始めに使うものです。外すか、そこから描き始めてください。',
  nothingToVary: () => '変化させる画像がありません。画像を添付してください。',
  smallTile: ({ least, width, height }) =>
    `タイルの辺は${least}ピクセル以上にしてください（${width}×${height}でした）。`,
  longSide: ({ most, width, height }) => `辺の長さは${most}ピクセルまでです（${width}×${height}でした）。`,
  both: ({ one, other }) => `\`${one}\`と\`${other}\`は一緒に使えません。どちらか一方にしてください。`,
  needsPicture: ({ picture, option }) =>
    `\`${option}\`は画像についての指定です。\`${picture === 'init' ? '画像' : picture}\`に添付してください。`,
  needsMove: ({ option }) => `\`${option}\`には\`zoom\`、\`pan-x\`、\`pan-y\`のどれかが必要です。`,
};
