/** The cosine of the angle between two vectors of one length; 0 where one of them is nothing. */
export function cosineOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let index = 0; index < a.length; index += 1) {
    const [x, y] = [a[index] as number, b[index] as number]; // within bounds, and arrays of one length
    product += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return product === 0 ? 0 : product / Math.sqrt(ofA * ofB);
}
