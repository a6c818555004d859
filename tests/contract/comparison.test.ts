/** The comparison itself: each kind of change in an edition is found, and other words for the same are not. */
import { z } from "zod";
import { endpoint } from "../../api/endpoint";
import { compareOperation, declaredTables, specifiedTables, textOf } from "./support/compare";
import { type SchemaNode, type SpecifiedOperation } from "./support/specification";

const declared = endpoint({
  operation: "Things_create",
  method: "POST",
  path: "/things/{id}",
  query: z.object({
    limit: z.coerce.number().int().max(100).optional(),
    kinds: z.array(z.string()).or(z.string()).optional(),
  }),
  body: z.object({
    name: z.string().max(40),
    color: z.enum(["red", "blue"]).nullish(),
    tags: z.record(z.string().max(5), z.string()).optional(),
    key: z.string().optional(),
    hash: z.string().optional(),
  }),
  success: {
    200: z.object({
      object: z.literal("thing"),
      id: z.string(),
      made: z.iso.datetime({ offset: true }).nullable().default(null),
      owner: z.discriminatedUnion("type", [
        z.object({ type: z.literal("a") }),
        z.object({ type: z.literal("b"), in: z.string() }),
      ]),
    }),
  },
  repeat: "unsafe",
  lane: "write",
});

const text = { type: "string" };
const body = {
  allOf: [
    {
      type: "object",
      properties: {
        name: { type: "string", maxLength: 40 },
        color: { oneOf: [{ type: "string", enum: ["blue", "red"] }, { type: "null" }] },
        tags: { type: "object", additionalProperties: text, propertyNames: { maxLength: 5 } },
      },
      required: ["name"],
    },
    {
      oneOf: [
        { type: "object", not: { required: ["key"] } },
        { type: "object", properties: { key: text }, required: ["key"] },
        { type: "object", properties: { hash: text }, required: ["hash"] },
      ],
    },
  ],
};
const thing = {
  type: "object",
  properties: {
    object: { const: "thing", type: "string" },
    id: text,
    made: { type: ["string", "null"], format: "date-time", default: null },
    owner: { $ref: "#/owner" },
  },
  required: ["object", "id", "made", "owner"],
};
const owner = {
  oneOf: [
    { type: "object", properties: { type: { type: "string", enum: ["a"], const: "a" } }, required: ["type"] },
    { type: "object", properties: { type: { type: "string", const: "b" }, in: text }, required: ["type", "in"] },
  ],
};
const specified: SpecifiedOperation = {
  id: "Things_create",
  method: "POST",
  path: "/things/{id}",
  parameters: [
    { name: "id", in: "path", required: true, schema: text },
    { name: "limit", in: "query", required: false, schema: { type: "integer", maximum: 100, default: 10 } },
    {
      name: "kinds",
      in: "query",
      required: false,
      style: "form",
      explode: false,
      schema: { type: "array", items: text },
    },
  ],
  body: { required: true, schema: body },
  answers: new Map<number, SchemaNode | null>([
    [200, thing],
    [404, { type: "object" }],
  ]),
  public: false,
};

const compare = (operation: SpecifiedOperation) =>
  compareOperation(
    "create",
    specifiedTables(operation, () => owner),
    declaredTables(declared),
  ).map(textOf);

const withBody = (properties: object, required = ["name"]): SpecifiedOperation => {
  const [fields, alternatives] = body.allOf;
  const changed = { ...fields, properties: { ...fields?.properties, ...properties }, required };
  return { ...specified, body: { required: true, schema: { allOf: [changed, alternatives] } } };
};
const withAnswer = (properties: object, status = 200): SpecifiedOperation => ({
  ...specified,
  answers: new Map([[status, { ...thing, properties: { ...thing.properties, ...properties } }]]),
});
const withParameters = (change: (all: SpecifiedOperation["parameters"]) => SpecifiedOperation["parameters"]) => ({
  ...specified,
  parameters: change(specified.parameters),
});

test("other words for the same are no difference", () => {
  expect(compare(specified)).toEqual([]);
});

test.each<[string, SpecifiedOperation, string[]]>([
  ["a new field in a body", withBody({ size: text }), ["body.size is specified, not declared"]],
  ["a new field in an answer", withAnswer({ size: text }), ["thing.size is specified, not declared"]],
  [
    "an object, once and not for each of its fields",
    withAnswer({ box: { type: "object", properties: { size: text } } }),
    ["thing.box is specified, not declared"],
  ],
  [
    "a field that became required",
    withBody({}, ["name", "color"]),
    ['body.color: required is "yes" in the specification, "no" in the declaration'],
  ],
  [
    "a new value of an enum",
    withBody({ color: { type: ["string", "null"], enum: ["blue", "green", "red"] } }),
    ['body.color: enum is "blue,green,red" in the specification, "blue,red" in the declaration'],
  ],
  [
    "a new limit",
    withBody({ name: { type: "string", maxLength: 48 } }),
    ['body.name: maxLength is "48" in the specification, "40" in the declaration'],
  ],
  [
    "a field that can no longer be null",
    withAnswer({ made: { type: "string", format: "date-time" } }),
    ['thing.made: type is "string" in the specification, "null or string" in the declaration'],
  ],
  [
    "another format",
    withAnswer({ made: { type: ["string", "null"] } }),
    ['thing.made: format is "none" in the specification, "date-time" in the declaration'],
  ],
  [
    "another kind of owner",
    withAnswer({ owner: { oneOf: [...owner.oneOf, { type: "object", properties: { type: { const: "c" } } }] } }),
    ["thing.owner[type=c] is specified, not declared"],
  ],
  [
    "another success status",
    { ...specified, answers: new Map<number, SchemaNode | null>([...specified.answers, [202, null]]) },
    ["answer 202 is specified, not declared"],
  ],
  [
    "an answer that lost its body",
    { ...specified, answers: new Map<number, SchemaNode | null>([[200, null]]) },
    ["answer 200 is declared, not specified"],
  ],
  [
    "a new query parameter",
    withParameters((all) => [...all, { name: "search", in: "query", required: false, schema: text }]),
    ["query.search is specified, not declared"],
  ],
  [
    "a list that is sent otherwise",
    withParameters((all) => all.map((parameter) => ({ ...parameter, explode: undefined }))),
    ['query.kinds: sent is "form, explode=true" in the specification, "comma-joined" in the declaration'],
  ],
  [
    "another path parameter",
    withParameters((all) =>
      all.map((parameter) => (parameter.in === "path" ? { ...parameter, name: "x" } : parameter)),
    ),
    ['operation: path parameters is "x" in the specification, "id" in the declaration'],
  ],
  [
    "another name of the operation",
    { ...specified, id: "Things_make" },
    ['operation: id is "Things_make" in the specification, "Things_create" in the declaration'],
  ],
])("the comparison finds %s", (_what, operation, found) => {
  expect(compare(operation)).toEqual(found.map((difference) => `create: ${difference}`));
});

test("a keyword that the comparison does not know is an error and not overlooked", () => {
  expect(() => compare(withBody({ size: { type: "string", contentEncoding: "base64" } }))).toThrow("contentEncoding");
});

test("a header parameter is an error, because declarations have no place for it", () => {
  const header = { name: "Idempotency-Key", in: "header" as const, required: false, schema: text };
  expect(() => compare(withParameters((all) => [...all, header]))).toThrow("Idempotency-Key");
});
