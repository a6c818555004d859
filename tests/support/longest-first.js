const { default: Sequencer } = require("@jest/test-sequencer");

/** Rooms whose suites run the engine, fetch packages or enrol thousands. One that began last would be waited for alone. */
const long = ["matrix", "native", "gitops", "package", "applications", "e2e", "tools", "roster"].map(
  (room) => `/tests/${room}/`,
);

/** Jest's own order is by how long each suite took the last time; on a fresh clone it knows file sizes only. */
module.exports = class LongestFirst extends Sequencer {
  /** @param {import("@jest/test-result").Test[]} tests */
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    /** @param {import("@jest/test-result").Test} test */
    const place = ({ path }) => {
      const index = long.findIndex((room) => path.replaceAll("\\", "/").includes(room));
      return index < 0 ? long.length : index;
    };
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
};
