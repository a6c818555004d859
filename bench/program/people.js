/**
 * The people of a bench.
 * @param {number} count
 * @param {number} changed how many of them, spread over all, have another role than at first
 */
const people = (count, changed) =>
  Array.from({ length: count }, (_, index) => {
    const name = `person-${String(index).padStart(5, "0")}`;
    const step = changed > 0 ? Math.floor(count / changed) : Infinity;
    const isChanged = index % step === 0 && index / step < changed;
    return { name, email: `${name}@example.com`, role: isChanged ? "admin" : "member" };
  });

module.exports = { people };
