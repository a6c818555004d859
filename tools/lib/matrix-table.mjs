/**
 * @typedef {{ step: string, call: string, fault: string, adopt: string, outcome?: string, reason?: string,
 *   failure?: string }} Result what the matrix of tests/matrix notes for a scenario
 */

const outcomes = ["survived at once", "healed on the next run", "needed the named remedy"];

/**
 * The outcomes of a run of the matrix as a page in Markdown: one line for each fault and step, and the reasons of
 * whatever did not heal by itself.
 * @param {Result[]} results
 * @param {string} duration
 */
export function matrixTable(results, duration) {
  const rows = new Map();
  for (const result of results) {
    const name = `${result.fault} | ${result.step} | ${result.adopt}`;
    rows.set(name, [...(rows.get(name) ?? []), result]);
  }
  /** @param {Result[]} some */
  const counts = (some) => [
    some.length,
    ...outcomes.map((outcome) => some.filter((result) => !result.failure && result.outcome === outcome).length),
    some.filter((result) => result.failure).length,
  ];
  return [
    `${results.length} faults in ${duration}.`,
    "",
    `| Fault | Step | adopt | tried | ${outcomes.join(" | ")} | failed |`,
    `|---|---|---|${"---:|".repeat(outcomes.length + 2)}`,
    ...[...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, some]) => line(name, counts(some))),
    line("all | | ", counts(results)),
    "",
    ...reasons("Why the next run could not repair it by itself", results, "needed the named remedy"),
    ...reasons("What failed at first, and was repaired by the next run", results, "healed on the next run"),
  ].join("\n");
}

/**
 * @param {string} name
 * @param {number[]} numbers
 */
function line(name, numbers) {
  return `| ${name} | ${numbers.map((number) => (number === 0 ? "" : number)).join(" | ")} |`;
}

/**
 * @param {string} title
 * @param {Result[]} results
 * @param {string} outcome
 */
function reasons(title, results, outcome) {
  const some = results.filter((result) => result.outcome === outcome && result.reason && !result.failure);
  const texts = new Map();
  for (const { fault, call, reason = "" } of some) {
    // Ids differ from run to run; the sentence is what matters.
    const text = reason.replace(/\b([a-z_]+)_[0-9A-Z]{26}\b/g, "$1_…").replace(/\|/g, "\\|");
    texts.set(text, [...(texts.get(text) ?? []), `${fault}: ${call}`]);
  }
  if (texts.size === 0) return [];
  return [
    `### ${title}`,
    "",
    ...[...texts].map(([text, calls]) => `- ${text} (${[...new Set(calls)].join("; ")})`),
    "",
  ];
}
