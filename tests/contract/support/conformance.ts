/** Requests and answers on the wire, held against the schemas of the specification and of the declarations. */
import { type ErrorObject } from "ajv";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { type AnyEndpoint } from "../../../api/endpoint";
import { declaredSchema } from "./declared";
import { schemaNode, type SchemaNode, specification } from "./specification";

/** Not strict, because the document uses keywords of OpenAPI beside those of JSON Schema. */
const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
ajv.addSchema({ $id: "specification", components: { schemas: specification().components } });
const compiled = new Map<SchemaNode, ValidateFunction>();

/** What is wrong with `value`, one line each; none where it conforms. */
export function violations(schema: SchemaNode, value: unknown): string[] {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    // References point into the document, of which this schema is only a part.
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"specification#/components/');
    validate = ajv.compile(schemaNode.parse(JSON.parse(text)));
    compiled.set(schema, validate);
  }
  return validate(value) ? [] : (validate.errors ?? []).map(lineOf);
}

/** Never the value: it may be a password or a token of another test's. */
const lineOf = ({ instancePath, message, params }: ErrorObject) =>
  `${instancePath || "(whole)"} ${message ?? "is wrong"} ${JSON.stringify(params)}`;

const declaredAnswers = new Map<string, SchemaNode>();

/** Violations of our own declaration, which knows every field that an answer may have: no other may appear. */
export function declaredViolations(endpoint: AnyEndpoint, status: number, value: unknown): string[] {
  const schema = endpoint.success[status];
  if (schema === undefined || schema === null) return [];
  const key = `${endpoint.operation} ${status}`;
  let json = declaredAnswers.get(key);
  if (json === undefined) {
    json = declaredSchema(schema, "output");
    declaredAnswers.set(key, json);
  }
  return violations(json, value);
}

/** Violations of the specification in a request that is meant to be right. */
export function requestViolations(endpoint: AnyEndpoint, target: string, body: string | undefined): string[] {
  const operation = specification().find(endpoint.method, endpoint.path);
  if (operation === undefined) return [];
  const found = operation.body ? violations(operation.body.schema, JSON.parse(body ?? "null")) : [];
  const query = new URL(target, "http://localhost").searchParams;
  for (const [name, text] of query) {
    const parameter = operation.parameters.find((candidate) => candidate.in === "query" && candidate.name === name);
    found.push(
      ...(parameter === undefined
        ? [`query ${name} is not specified`]
        : violations(parameter.schema, fromQuery(text, parameter.schema)).map((line) => `query ${name} ${line}`)),
    );
  }
  return found;
}

function fromQuery(text: string, schema: SchemaNode): unknown {
  if (schema.type === "integer") return Number(text);
  if (schema.type === "boolean") return JSON.parse(text);
  return schema.type === "array" ? text.split(",") : text;
}
