/**
 * Compares dotted versions such as `v3.230.0` and `3.216.0-alpha.1`; what follows the numbers does not count.
 * @param {string} a
 * @param {string} b
 * @returns {number} negative when `a` is older
 */
export function compareVersions(a, b) {
  const [left, right] = [numbers(a), numbers(b)];
  for (let index = 0; index < 3; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** @param {string} version */
function numbers(version) {
  const match = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version);
  return match ? match.slice(1).map((part) => Number(part ?? 0)) : [];
}
