/** A program of several files while it is being written: what is declared where, by which names, and what names what. */
import { posix } from "node:path";
import { systemClock } from "../../api/clock";
import type { AnyResource } from "../../provider/declare/resource";
import { unknownValue } from "../../provider/declare/unknown";
import { check } from "../../provider/lifecycle";
import { type Kind, resources } from "../../provider/resources";
import { dashed, Names, variableName } from "./names";
import { construction, Expression, expression, isList, type Value } from "./source-text";

/** A resource of the program, for others to name. */
export interface Reference {
  readonly module: Module;
  readonly variable: string;
}

export interface Declared {
  /** What it is called, of which the resource's name is made. */
  readonly title: string;
  readonly inputs: Readonly<Record<string, Value | undefined>>;
  /** What the variable is called, where others name the resource. */
  readonly variable?: string;
  /** Whether other files name it too. */
  readonly isExported?: boolean;
  readonly comment?: string;
  /** A statement in front of it. */
  readonly before?: string;
  /** A variable that has to be defined for it to be declared. */
  readonly where?: string;
}

export class Program {
  readonly #names = new Map<string, Names>();
  readonly #modules: Module[] = [];

  /** @param refused is told of what the provider would not take as it is, which is then not in the program. */
  constructor(readonly refused: (what: string, reason: string) => void) {}

  /** @param path with `.ts`, from the program's folder. */
  module(path: string, comment: string): Module {
    const made = new Module(this, path, comment);
    this.#modules.push(made);
    return made;
  }

  /** A name that no other resource of the class has. */
  nameOf(className: string, title: string): string {
    const names = this.#names.get(className) ?? new Names();
    this.#names.set(className, names);
    return names.resource(title, variableName(className).toLowerCase());
  }

  /** Those in which something stands. */
  get modules(): readonly Module[] {
    return this.#modules.filter((one) => !one.isEmpty);
  }
}

export class Module {
  readonly #aliases = new Map<Module, string>();
  readonly #imports: string[] = [];
  readonly #parts: string[] = [];
  readonly #variables = new Names(["workos", "pulumi"]);
  #usesWorkos = false;

  constructor(
    readonly program: Program,
    readonly path: string,
    readonly comment: string,
  ) {}

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  /** Nothing where the provider would refuse it. */
  declare(kind: Kind, declared: Declared): Reference | undefined {
    const resource: AnyResource = resources[kind];
    const { failures } = check(resource, {}, known(declared.inputs), { clock: systemClock });
    if (failures.length > 0) {
      const reasons = failures.map(({ property, reason }) => `${property} ${reason}`);
      this.program.refused(`${resource.noun} ${declared.title}`, reasons.join("; "));
      return undefined;
    }
    return this.construct(kind, declared);
  }

  construct(className: string, { title, inputs, variable: wanted, before, where, ...more }: Declared): Reference {
    const variable =
      wanted === undefined ? undefined : this.variable(dashed(wanted, variableName(className).toLowerCase()));
    const name = this.program.nameOf(className, title);
    this.#usesWorkos = true;
    const made = construction({ className, name, inputs, variable, level: where === undefined ? 0 : 1, ...more });
    const parts = [...(before === undefined ? [] : [before]), where === undefined ? made : around(where, made)];
    this.add(parts.join("\n"));
    return { module: this, variable: variable ?? "" };
  }

  /** A statement, or several lines of them. */
  add(part: string, usesWorkos = false): void {
    this.#parts.push(part);
    this.#usesWorkos ||= usesWorkos;
  }

  variable(text: string): string {
    return this.#variables.variable(text);
  }

  import(line: string): void {
    this.#imports.push(line);
  }

  /** `acme.id`, or `organizations.acme.id` where that is another file's. */
  refer(reference: Reference, output: string): Expression {
    const { module, variable } = reference;
    return expression(`${module === this ? "" : `${this.#aliasOf(module)}.`}${variable}.${output}`);
  }

  #aliasOf(module: Module): string {
    const known = this.#aliases.get(module);
    if (known !== undefined) return known;
    const path = module.path.replace(/\.ts$/, "");
    const alias = this.variable(posix.basename(path));
    this.#aliases.set(module, alias);
    return alias;
  }

  get text(): string {
    const aliases = [...this.#aliases].map(([{ path }, alias]) => {
      const from = posix.relative(posix.dirname(this.path), path.replace(/\.ts$/, ""));
      return `import * as ${alias} from "${from.startsWith(".") ? from : `./${from}`}";`;
    });
    const imports = [
      ...this.#imports,
      ...(this.#usesWorkos ? ['import * as workos from "pulumi-workos";'] : []),
      ...aliases,
    ];
    const head = [`// ${this.comment}`, ...imports].join("\n");
    return `${[head, ...this.#parts].join("\n\n")}\n`;
  }
}

const around = (variable: string, inside: string) => `if (${variable} !== undefined) {\n${inside}\n}`;

/** As a check sees it, to which what is made of other resources is not known yet. */
function known(value: Readonly<Record<string, Value | undefined>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, one === undefined ? one : plain(one)]));
}

function plain(value: Value): unknown {
  if (value instanceof Expression) return unknownValue;
  if (typeof value !== "object" || value === null) return value;
  return isList(value) ? value.map(plain) : known(value);
}
