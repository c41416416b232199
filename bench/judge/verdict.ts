export interface Verdict {
  /** The share of pictures whose own text is nearest of all. */
  readonly rankedFirst: number;
  /** The mean of own similarity minus the best other one (cosine). */
  readonly margin: number;
  readonly meanRank: number;
  /** For each text, whether it was nearest to its own picture; undefined where there is none. */
  readonly first: readonly (boolean | undefined)[];
}

/** Unit vectors of pictures against those of all texts, one picture a text in the same order; a text may be without. */
export function judge(
  pictures: readonly (Float32Array | undefined)[],
  texts: readonly Float32Array[],
): Verdict {
  const rows = pictures.map((picture, index) => {
    if (!picture) return undefined;
    const scores = texts.map((text) => dot(picture, text));
    const own = scores[index] ?? -1;
    const others = scores.filter((_, other) => other !== index);
    return { margin: own - Math.max(...others), rank: 1 + others.filter((score) => score > own).length };
  });
  const judged = rows.filter((row) => row !== undefined);
  return {
    rankedFirst: mean(judged.map(({ rank }) => Number(rank === 1))),
    margin: mean(judged.map(({ margin }) => margin)),
    meanRank: mean(judged.map(({ rank }) => rank)),
    first: rows.map((row) => row && row.rank === 1),
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
