export interface Verdict {
  /** The share of pictures whose own text is nearest of all. */
  readonly rankedFirst: number;
  /** The mean of own similarity minus the best other one (cosine). */
  readonly margin: number;
  readonly meanRank: number;
  /** For each picture, whether its own text was nearest. */
  readonly first: readonly boolean[];
}

/** Unit vectors of pictures against those of the texts, one picture a text in the same order. */
export function judge(pictures: readonly Float32Array[], texts: readonly Float32Array[]): Verdict {
  const rows = pictures.map((picture, index) => {
    const scores = texts.map((text) => dot(picture, text));
    const own = scores[index] ?? -1;
    const others = scores.filter((_, other) => other !== index);
    return { margin: own - Math.max(...others), rank: 1 + others.filter((score) => score > own).length };
  });
  const first = rows.map(({ rank }) => rank === 1);
  return {
    rankedFirst: mean(first.map(Number)),
    margin: mean(rows.map(({ margin }) => margin)),
    meanRank: mean(rows.map(({ rank }) => rank)),
    first,
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
