/**
 * A schema as a flat table: every place in it, and what is said about that place. Two schemas that say the same in
 * different words (`allOf`, references, `oneOf` with null, a constant for a list of one) give the same table.
 *
 * Not in the table, and so not compared: texts and examples; whether other fields may be there too; `default` (how a server behaves, which its answers
 * show); `not` (which fields exclude each other, which the emulator's refusals show).
 */
import { type SchemaNode } from "./specification";

export interface Fact {
  /** The place that holds this one. A missing place is reported once, not for everything in it. */
  readonly parent?: string;
  /** `required`, `type`, `enum`, `format`, `maxLength`, … each as text. */
  readonly says: Readonly<Record<string, string>>;
}

export type Facts = ReadonlyMap<string, Fact>;

/** Looks up a `$ref`. */
export type Resolve = (reference: string) => SchemaNode;

const constraints = new Set([
  ...["enum", "format", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum"],
  ...["exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"],
]);
const structure = new Set(["type", "const", "properties", "required", "items", "additionalProperties"]);
const unions = new Set(["propertyNames", "allOf", "oneOf", "anyOf", "$ref"]);
const unread = new Set([
  "description",
  "title",
  "example",
  "examples",
  "default",
  "deprecated",
  "discriminator",
  "not",
]);

export function factsOf(schema: SchemaNode, place: string, resolve: Resolve): Facts {
  const facts = new Map<string, Fact>();
  new Folder(facts, resolve).fold(schema, place, { required: "yes" });
  return facts;
}

/** A schema without references and unions. */
interface Flat {
  readonly types: ReadonlySet<string>;
  readonly constraints: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, SchemaNode>>;
  readonly required: ReadonlySet<string>;
  readonly items?: SchemaNode;
  readonly values?: SchemaNode;
  /** Kinds of one object, told apart by the constant of one property. */
  readonly kinds?: { readonly by: string; readonly kinds: Readonly<Record<string, SchemaNode>> };
}

class Folder {
  constructor(
    private readonly facts: Map<string, Fact>,
    private readonly resolve: Resolve,
  ) {}

  fold(schema: SchemaNode, place: string, says: Record<string, string>, parent?: string, kind = ""): void {
    const flat = this.flatten(schema, place);
    const type = [...flat.types].sort().join(" or ") || "anything";
    this.record(place, { parent, says: { ...says, type, ...flat.constraints } });
    if (flat.items !== undefined) this.fold(flat.items, `${place}[]`, {}, place);
    if (flat.values !== undefined) this.fold(flat.values, `${place}.*`, {}, place);
    if (flat.kinds !== undefined) {
      // What all kinds have in common is said of each: a document may say it once beside them.
      const common = { type: "object", properties: flat.properties, required: [...flat.required] };
      for (const [value, node] of Object.entries(flat.kinds.kinds)) {
        const suffix = `[${flat.kinds.by}=${value}]`;
        this.fold({ allOf: [common, node] }, place + suffix, {}, place, suffix);
      }
      return;
    }
    // A vendor's object is named by its own constant, wherever it occurs: `user.email`, `list.data`.
    const object = objectName(flat);
    const name = object === undefined ? place : object + kind;
    for (const [property, node] of Object.entries(flat.properties)) {
      this.fold(node, `${name}.${property}`, { required: flat.required.has(property) ? "yes" : "no" }, place);
    }
  }

  private record(place: string, fact: Fact): void {
    const known = this.facts.get(place);
    if (known !== undefined && JSON.stringify(known.says) !== JSON.stringify(fact.says)) {
      throw new Error(`${place} is described in two ways`);
    }
    if (known === undefined) this.facts.set(place, fact);
  }

  private flatten(schema: SchemaNode, place: string): Flat {
    const { $ref, allOf, oneOf, anyOf, ...own } = schema;
    const parts = [this.plain(own, place)];
    if (typeof $ref === "string") parts.push(this.flatten(this.resolve($ref), place));
    for (const part of nodes(allOf)) parts.push(this.flatten(part, place));
    for (const union of [oneOf, anyOf]) {
      if (union !== undefined) parts.push(this.union(nodes(union), place));
    }
    return parts.reduce(both);
  }

  private plain(schema: SchemaNode, place: string): Flat {
    for (const keyword of Object.keys(schema)) {
      const known = [constraints, structure, unions, unread].some((set) => set.has(keyword));
      if (!known && !keyword.startsWith("x-") && keyword !== "$schema") {
        throw new Error(`${place}: the comparison does not know the keyword ${keyword}`);
      }
    }
    const values = schema.const === undefined ? schema.enum : [schema.const];
    const keys = isNode(schema.propertyNames) ? schema.propertyNames : {};
    return {
      types: new Set([schema.type ?? []].flat().map(String)),
      constraints: {
        ...constraintsOf(schema),
        ...(Array.isArray(values) ? { enum: values.map(String).sort().join() } : {}),
        ...Object.fromEntries(Object.entries(constraintsOf(keys)).map(([name, text]) => [`key ${name}`, text])),
      },
      properties: (schema.properties ?? {}) as Record<string, SchemaNode>,
      required: new Set((schema.required ?? []) as string[]),
      ...(isNode(schema.items) && { items: schema.items }),
      ...(isNode(schema.additionalProperties) && { values: schema.additionalProperties }),
    };
  }

  private union(given: readonly SchemaNode[], place: string): Flat {
    const members = given.map((node) => ({ node, flat: this.flatten(node, place) }));
    const nullable = members.some(({ flat }) => isNull(flat));
    const rest = members.filter(({ flat }) => !isNull(flat));
    const union = this.unionOfRest(rest, place);
    return nullable ? { ...union, types: new Set([...union.types, "null"]) } : union;
  }

  private unionOfRest(members: readonly { node: SchemaNode; flat: Flat }[], place: string): Flat {
    const [first, second] = members.map(({ flat }) => flat);
    if (first === undefined) return nothing;
    if (second === undefined) return first;
    // A list parameter travels comma-joined: declarations take the list or that text, the document says how it is sent.
    const list = members.find(({ flat }) => flat.types.has("array"));
    if (list !== undefined && members.every(({ flat }) => flat === list.flat || isText(flat))) {
      return { ...list.flat, constraints: { ...list.flat.constraints, sent: "comma-joined" } };
    }
    if (!members.every(({ flat }) => [...flat.types].every((type) => type === "object"))) {
      throw new Error(`${place}: the comparison does not know this union`);
    }
    const by = discriminator(members.map(({ flat }) => flat));
    if (by === undefined) return members.map(({ flat }) => flat).reduce(either);
    const kinds = members.map(({ node, flat }) => [constant(flat.properties[by]) ?? "", node] as const);
    return { ...nothing, types: new Set(["object"]), kinds: { by, kinds: Object.fromEntries(kinds) } };
  }
}

const nothing: Flat = { types: new Set(), constraints: {}, properties: {}, required: new Set() };

/** A thing that both describe. */
function both(a: Flat, b: Flat): Flat {
  return {
    ...a,
    ...b,
    types: new Set([...a.types, ...b.types]),
    constraints: { ...a.constraints, ...b.constraints },
    properties: { ...a.properties, ...b.properties },
    required: new Set([...a.required, ...b.required]),
  };
}

/** A thing that one of them describes: what only one requires is not required. */
function either(a: Flat, b: Flat): Flat {
  return { ...both(a, b), required: new Set([...a.required].filter((name) => b.required.has(name))) };
}

function constraintsOf(schema: SchemaNode): Record<string, string> {
  const found = Object.entries(schema).filter(([name]) => constraints.has(name) && name !== "enum");
  return Object.fromEntries(found.map(([name, value]) => [name, String(value)]));
}

/** The property that is a different constant in each member. */
function discriminator(members: readonly Flat[]): string | undefined {
  return Object.keys(members[0]?.properties ?? {}).find((name) => {
    const values = members.map(({ properties }) => constant(properties[name]));
    return !values.includes(undefined) && new Set(values).size === members.length;
  });
}

const constant = (node: SchemaNode | undefined) => (typeof node?.const === "string" ? node.const : undefined);
const objectName = (flat: Flat) => constant(flat.properties.object);
const isNull = (flat: Flat) => [...flat.types].join() === "null";
const isText = (flat: Flat) => [...flat.types].join() === "string";
const nodes = (value: unknown) => (Array.isArray(value) ? value.filter(isNode) : []);

function isNode(value: unknown): value is SchemaNode {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
