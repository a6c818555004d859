/** What one side says of an operation that the other does not. */
import { type AnyEndpoint, pathParameters } from "../../../api/endpoint";
import { declaredSchema } from "./declared";
import { factsOf, type Fact, type Facts, type Resolve } from "./facts";
import { type SpecifiedOperation, type SpecifiedParameter } from "./specification";

export interface Difference {
  readonly operation: string;
  readonly place: string;
  /** `presence`, or what both places say differently. */
  readonly aspect: string;
  readonly specified: string;
  readonly declared: string;
}

type Tables = ReadonlyMap<string, Facts>;

/** What is said of the operation as a whole, its path parameters, query, body, and each successful answer. */
export function declaredTables(endpoint: AnyEndpoint): Tables {
  const { query, body, success } = endpoint;
  const resolve: Resolve = (reference) => {
    throw new Error(`a declared schema refers to ${reference}`);
  };
  const tables = new Map<string, Facts>([
    ["operation", operationFacts(endpoint.operation, endpoint.public ?? false, pathParameters(endpoint.path))],
  ]);
  if (query !== undefined) tables.set("query", factsOf(declaredSchema(query, "input"), "query", resolve));
  if (body !== undefined) tables.set("body", factsOf(declaredSchema(body, "input"), "body", resolve));
  for (const [status, schema] of Object.entries(success)) {
    const answer = `answer ${status}`;
    tables.set(answer, schema === null ? empty : factsOf(declaredSchema(schema, "output"), answer, resolve));
  }
  return tables;
}

export function specifiedTables(operation: SpecifiedOperation, resolve: Resolve): Tables {
  const named = (where: SpecifiedParameter["in"]) => operation.parameters.filter((parameter) => parameter.in === where);
  const unknown = [...named("header"), ...named("cookie")].map(({ name }) => name);
  if (unknown.length > 0) throw new Error(`${operation.id}: declarations have no place for ${unknown.join()}`);
  // A caller's input is one flat object in the spelling of bodies and queries, path parameters included.
  const path = named("path").map(({ name }) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const tables = new Map<string, Facts>([["operation", operationFacts(operation.id, operation.public, path)]]);
  const query = named("query");
  if (query.length > 0) tables.set("query", queryFacts(query, resolve));
  if (operation.body !== undefined) tables.set("body", bodyFacts(operation.body, resolve));
  for (const [status, schema] of operation.answers) {
    if (status < 200 || status >= 400) continue;
    const answer = `answer ${status}`;
    tables.set(answer, schema === null ? empty : factsOf(schema, answer, resolve));
  }
  return tables;
}

/** An answer without a body says nothing. */
const empty: Facts = new Map();

function operationFacts(id: string, isPublic: boolean, parameters: readonly string[]): Facts {
  const says = { id, public: isPublic ? "yes" : "no", "path parameters": parameters.join() };
  return new Map([["operation", { says }]]);
}

function bodyFacts({ schema, required }: NonNullable<SpecifiedOperation["body"]>, resolve: Resolve): Facts {
  const facts = new Map(factsOf(schema, "body", resolve));
  facts.set("body", { says: { ...facts.get("body")?.says, required: required ? "yes" : "no" } });
  return facts;
}

function queryFacts(parameters: readonly SpecifiedParameter[], resolve: Resolve): Facts {
  const facts = new Map<string, Fact>([["query", { says: { required: "yes", type: "object" } }]]);
  for (const { name, required, schema, style = "form", explode = style === "form" } of parameters) {
    const place = `query.${name}`;
    for (const [at, fact] of factsOf(schema, place, resolve)) {
      const isList = at === place && fact.says.type === "array";
      const sent = style === "form" && !explode ? "comma-joined" : `${style}, explode=${explode}`;
      facts.set(at, {
        parent: fact.parent ?? "query",
        says: {
          ...fact.says,
          ...(at === place && { required: required ? "yes" : "no" }),
          ...(isList && { sent }),
        },
      });
    }
  }
  return facts;
}

export function compareOperation(operation: string, specified: Tables, declared: Tables): Difference[] {
  const differences: Difference[] = [];
  for (const table of new Set([...specified.keys(), ...declared.keys()])) {
    const [theirs, ours] = [specified.get(table), declared.get(table)];
    if (theirs === undefined || ours === undefined) {
      differences.push({ operation, place: table, ...presence(theirs, ours) });
      continue;
    }
    for (const place of new Set([...theirs.keys(), ...ours.keys()])) {
      differences.push(...comparePlace(theirs, ours, place).map((found) => ({ operation, place, ...found })));
    }
  }
  return differences;
}

type Found = Omit<Difference, "operation" | "place">;

function comparePlace(theirs: Facts, ours: Facts, place: string): Found[] {
  const [specified, declared] = [theirs.get(place), ours.get(place)];
  if (specified === undefined || declared === undefined) {
    const parent = (specified ?? declared)?.parent;
    const reportedAlready = parent !== undefined && (!theirs.has(parent) || !ours.has(parent));
    return reportedAlready ? [] : [presence(specified, declared)];
  }
  const aspects = new Set([...Object.keys(specified.says), ...Object.keys(declared.says)]);
  return [...aspects].flatMap((aspect) => {
    const [theirWord, ourWord] = [specified.says[aspect] ?? "none", declared.says[aspect] ?? "none"];
    return theirWord === ourWord ? [] : [{ aspect, specified: theirWord, declared: ourWord }];
  });
}

function presence(specified: unknown, declared: unknown): Found {
  const word = (side: unknown) => (side === undefined ? "no" : "yes");
  return { aspect: "presence", specified: word(specified), declared: word(declared) };
}

/** What our declaration says of a place: how entries about another edition are kept true. */
export function declaredWord(tables: Tables, place: string, aspect: string): string {
  const facts = [...tables.values()].map((table) => table.get(place)).find((fact) => fact !== undefined);
  if (aspect === "presence") return facts === undefined && !tables.has(place) ? "no" : "yes";
  return facts?.says[aspect] ?? "none";
}

/** Number of places that both sides describe. */
export function countPlaces(specified: Tables, declared: Tables): number {
  return [...specified].reduce((count, [table, facts]) => {
    const ours = declared.get(table);
    return count + [...facts.keys()].filter((place) => ours?.has(place)).length;
  }, 0);
}

export function textOf({ operation, place, aspect, specified, declared }: Difference): string {
  if (aspect !== "presence") {
    return `${operation}: ${place}: ${aspect} is "${specified}" in the specification, "${declared}" in the declaration`;
  }
  return `${operation}: ${place} is ${specified === "yes" ? "specified, not declared" : "declared, not specified"}`;
}
