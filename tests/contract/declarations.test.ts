/** Every declared endpoint, held against the vendor's specification. */
import { type AnyEndpoint } from "../../api/endpoint";
import {
  compareOperation,
  countPlaces,
  declaredTables,
  declaredWord,
  type Difference,
  specifiedTables,
  textOf,
} from "./support/compare";
import { allEndpoints } from "./support/declared";
import { knownDifferences, undeclaredOperations, unspecifiedOperations } from "./support/known-differences";
import { specification } from "./support/specification";

const operations = allEndpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const);
const ofInstalled = knownDifferences.filter(({ edition }) => edition !== "newer");
const ofNewer = knownDifferences.filter(({ edition }) => edition === "newer");
const texts = (differences: readonly Difference[]) => differences.map(textOf).sort();

function differences(endpoint: AnyEndpoint): Difference[] {
  const specified = specification().find(endpoint.method, endpoint.path);
  if (specified === undefined) return [];
  const theirs = specifiedTables(specified, (reference) => specification().resolve(reference));
  return compareOperation(endpoint.operation, theirs, declaredTables(endpoint));
}

test.each(operations)(
  "%s is declared as the vendor specifies it, but for the listed differences",
  (_name, endpoint) => {
    const listed = ofInstalled.filter(({ operation }) => operation === endpoint.operation);
    expect(texts(differences(endpoint))).toEqual(texts(listed));
  },
);

test("every declared operation is specified, but for the listed ones", () => {
  const missing = allEndpoints.filter(({ method, path }) => specification().find(method, path) === undefined);
  expect(missing.map(({ operation }) => operation).sort()).toEqual(Object.keys(unspecifiedOperations).sort());
});

test("every specified operation of a declared family is declared, but for the listed ones", () => {
  const family = (operation: string) => operation.split("_")[0];
  const families = new Set(allEndpoints.map(({ operation }) => family(operation)));
  const declared = new Set(allEndpoints.map(({ operation }) => operation));
  const missing = specification().operations.filter(({ id }) => families.has(family(id)) && !declared.has(id));
  expect(missing.map(({ id }) => id).sort()).toEqual(Object.keys(undeclaredOperations).sort());
});

test.each(ofNewer.map((entry) => [textOf(entry), entry] as const))(
  "the listed difference of the newer edition still describes the declaration: %s",
  (_text, { operation, place, aspect, declared }) => {
    const endpoint = allEndpoints.find((candidate) => candidate.operation === operation);
    expect(endpoint && declaredWord(declaredTables(endpoint), place, aspect)).toBe(declared);
  },
);

test("no difference is listed twice, and each has a reason", () => {
  const all = texts(knownDifferences);
  expect(all).toEqual([...new Set(all)]);
  expect(knownDifferences.filter(({ reason }) => reason.length < 10)).toEqual([]);
});

test("the comparison reaches the fields: hundreds of places are described by both sides", () => {
  const counts = allEndpoints.map((endpoint) => {
    const specified = specification().find(endpoint.method, endpoint.path);
    if (specified === undefined) return 0;
    const theirs = specifiedTables(specified, (reference) => specification().resolve(reference));
    return countPlaces(theirs, declaredTables(endpoint));
  });
  expect(counts.reduce((sum, count) => sum + count)).toBeGreaterThan(500);
});

test.each(operations)("no other service's word passes for a success of %s", (_name, { success }) => {
  const bodies = Object.values(success).filter((schema) => schema !== null);
  expect(bodies.filter((schema) => schema.safeParse({ status: "ok" }).success)).toEqual([]);
});
