// How something grows, by least squares instead of by eye.

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ slope: number, intercept: number, r2: number }} Line `r2`: the share of the variation that it explains */

/**
 * The line that fits best; `r2` is 1 where all points lie on it, and where nothing varies.
 * @param {readonly Point[]} points at least two, with different `x`
 * @returns {Line}
 */
export function line(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / points.length;
  const [meanX, meanY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const sum = (term) => points.reduce((total, point) => total + term(point), 0);
  const slope = sum(({ x, y }) => (x - meanX) * (y - meanY)) / sum(({ x }) => (x - meanX) ** 2);
  const intercept = meanY - slope * meanX;
  const all = sum(({ y }) => (y - meanY) ** 2);
  const left = sum(({ x, y }) => (y - intercept - slope * x) ** 2);
  return { slope, intercept, r2: all === 0 ? 1 : 1 - left / all };
}

/**
 * The exponent `k` of growth as the `k`-th power of `x`: 0 is flat, 1 linear, 2 quadratic.
 * @param {readonly Point[]} points
 * @returns {{ exponent: number, r2: number }}
 */
export function power(points) {
  const { slope, r2 } = line(points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) })));
  return { exponent: slope, r2 };
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
