/** The vendor's OpenAPI document, from the npm package `@workos/openapi-spec`, parsed once per test file. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

/** A JSON Schema, as the document or zod writes it. */
export const schemaNode = z.record(z.string(), z.unknown());
export type SchemaNode = z.output<typeof schemaNode>;

const content = z.record(z.string(), z.object({ schema: schemaNode })).optional();
const parameter = z.object({
  name: z.string(),
  in: z.enum(["path", "query", "header", "cookie"]),
  required: z.boolean().default(false),
  style: z.string().optional(),
  explode: z.boolean().optional(),
  schema: schemaNode,
});
const operation = z.object({
  operationId: z.string(),
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ required: z.boolean().default(false), content }).optional(),
  responses: z.record(z.string().regex(/^\d{3}$/), z.object({ content })),
  security: z.array(z.unknown()).optional(),
});
const verbs = z.enum(["get", "post", "put", "patch", "delete"]);
const openApi = z.object({
  info: z.object({ version: z.string() }),
  // A path item is kept to its methods: a reference, or parameters shared by methods, would be refused here.
  paths: z.record(z.string(), z.partialRecord(verbs, operation)),
  components: z.object({ schemas: z.record(z.string(), schemaNode) }),
});

export type SpecifiedParameter = z.output<typeof parameter>;

export interface SpecifiedOperation {
  /** Without the suffix (`[0]`) that some editions give it. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly SpecifiedParameter[];
  readonly body?: { readonly required: boolean; readonly schema: SchemaNode };
  /** By status; `null` where the answer has no body. */
  readonly answers: ReadonlyMap<number, SchemaNode | null>;
  readonly public: boolean;
}

export class Specification {
  readonly operations: readonly SpecifiedOperation[];
  readonly #byRoute: ReadonlyMap<string, SpecifiedOperation>;

  private constructor(
    /** The whole document, which references in schemas point into. */
    readonly components: Readonly<Record<string, SchemaNode>>,
    operations: readonly SpecifiedOperation[],
  ) {
    this.operations = operations;
    this.#byRoute = new Map(operations.map((entry) => [routeOf(entry.method, entry.path), entry]));
  }

  static read(file: string): Specification {
    const document = openApi.parse(parse(readFileSync(file, "utf8"), { maxAliasCount: -1 }));
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, entry]) => specified(method.toUpperCase(), path, entry)),
    );
    return new Specification(document.components.schemas, operations);
  }

  /** The operation with this method and path, whatever its path parameters are called. */
  find(method: string, path: string): SpecifiedOperation | undefined {
    return this.#byRoute.get(routeOf(method, path));
  }

  resolve(reference: string): SchemaNode {
    const name = /^#\/components\/schemas\/([^/]+)$/.exec(reference)?.[1];
    const schema = name === undefined ? undefined : this.components[name];
    if (schema === undefined) throw new Error(`the specification has no ${reference}`);
    return schema;
  }
}

const routeOf = (method: string, path: string) => `${method} ${path.replace(/\{[^}]+\}/g, "{}")}`;

function specified(method: string, path: string, entry: z.output<typeof operation>): SpecifiedOperation {
  const where = `${method} ${path}`;
  const body = entry.requestBody && jsonSchema(entry.requestBody.content, where);
  return {
    id: entry.operationId.replace(/\[\d+\]$/, ""),
    method,
    path,
    parameters: entry.parameters,
    ...(body && { body: { required: entry.requestBody?.required ?? false, schema: body } }),
    answers: new Map(
      Object.entries(entry.responses).map(([status, answer]) => [Number(status), jsonSchema(answer.content, where)]),
    ),
    public: entry.security?.length === 0,
  };
}

function jsonSchema(given: z.output<typeof content>, where: string): SchemaNode | null {
  const types = Object.keys(given ?? {});
  if (given === undefined || types.length === 0) return null;
  const json = given["application/json"];
  if (json === undefined || types.length > 1) throw new Error(`${where}: expected JSON only, found ${types.join()}`);
  return json.schema;
}

let loaded: Specification | undefined;

/** The installed edition, or another one that `WORKOS_SPECIFICATION` names, to see what changes with it. */
export function specification(): Specification {
  loaded ??= Specification.read(process.env.WORKOS_SPECIFICATION ?? require.resolve("@workos/openapi-spec/spec"));
  return loaded;
}
