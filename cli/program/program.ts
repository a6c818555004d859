/** A program of several files while it is being written: what is declared where, by which names, and what names what. */
import { posix } from "node:path";
import { systemClock } from "../../api/clock";
import type { AnyResource } from "../../provider/declare/resource";
import { unknownValue } from "../../provider/declare/unknown";
import { check, importIdOf, onlyWay } from "../../provider/lifecycle";
import { type Kind, resources } from "../../provider/resources";
import { dashed, Names, variableName } from "./names";
import { construction, Expression, expression, isList, type Value } from "./source-text";

/** A resource of the program, for others to name. */
export interface Reference {
  readonly module: Module;
  readonly variable: string;
  readonly made: Made;
}

/**
 * How a program takes over what is there: by declaring so (`adopt`), in TypeScript; or by having been imported before it
 * runs for the first time, which needs the native plugin.
 */
export type TakesOver = "adopt" | "import";

type Inputs = Readonly<Record<string, Value | undefined>>;

/** A resource as it is declared, in whichever language. */
export interface Made {
  readonly className: string;
  /** The resource's name. */
  readonly name: string;
  /** What it is called in a program that names resources by one word, whatever their class. */
  readonly key: string;
  readonly inputs: Inputs;
  /** The vendor's id. */
  readonly id?: string;
  /** What an import of it is given. */
  readonly importId?: string;
  /** It is declared only once there is a value for it that nobody tells. */
  readonly isConditional: boolean;
}

export interface Declared {
  /** What it is called, of which the resource's name is made. */
  readonly title: string;
  readonly inputs: Inputs;
  /** The vendor's id of what is there already. */
  readonly id?: string;
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
  readonly #keys = new Names();
  readonly #made: Made[] = [];

  /** @param refused is told of what the provider would not take as it is, which is then not in the program. */
  constructor(
    readonly refused: (what: string, reason: string) => void,
    readonly takesOver: TakesOver = "adopt",
  ) {}

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

  /** Notes a resource, with names that no other has. */
  make(className: string, title: string, made: Pick<Made, "inputs" | "id" | "importId" | "isConditional">): Made {
    const name = this.nameOf(className, title);
    const one = { className, name, key: this.#keys.variable(`${name} ${className}`), ...made };
    this.#made.push(one);
    return one;
  }

  /** All resources, in their order. */
  get resources(): readonly Made[] {
    return this.#made;
  }

  /** Where its classes are from: only the native ones can be imported. */
  get library(): string {
    return this.takesOver === "import" ? "pulumi-workos/native" : "pulumi-workos";
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
  declare(kind: Kind, given: Declared): Reference | undefined {
    const resource: AnyResource = resources[kind];
    const declared =
      this.program.takesOver === "import" ? { ...given, inputs: asImported(resource, given.inputs) } : given;
    const failures = failuresOf(resource, declared.inputs);
    if (failures.length > 0) {
      const reasons = failures.map(({ property, reason }) => `${property} ${reason}`);
      this.program.refused(`${resource.noun} ${declared.title}`, reasons.join("; "));
      return undefined;
    }
    const { id, inputs } = declared;
    return this.construct(kind, declared, id === undefined ? undefined : importIdOf(resource, meantBy(inputs), id));
  }

  construct(className: string, declared: Declared, importId?: string): Reference {
    const { title, inputs, id, variable: wanted, before, where, ...more } = declared;
    const variable =
      wanted === undefined ? undefined : this.variable(dashed(wanted, variableName(className).toLowerCase()));
    this.#usesWorkos = true;
    const made = this.program.make(className, title, { inputs, id, importId, isConditional: where !== undefined });
    const text = construction({
      className,
      name: made.name,
      inputs,
      variable,
      level: where === undefined ? 0 : 1,
      // What comes into being once its value is there was not in the stack when the others were imported.
      options: made.isConditional && importId !== undefined ? this.#importOption(importId) : undefined,
      ...more,
    });
    const parts = [...(before === undefined ? [] : [before]), where === undefined ? text : around(where, text)];
    this.add(parts.join("\n"));
    return { module: this, variable: variable ?? "", made };
  }

  #importOption(importId: string) {
    return this.program.takesOver === "import" ? { import: importId } : undefined;
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
    const { module, variable, made } = reference;
    const { key, id, inputs } = made;
    return expression(`${module === this ? "" : `${this.#aliasOf(module)}.`}${variable}.${output}`, {
      yaml: `\${${key}.${output}}`,
      value: output === "id" ? id : meantBy(inputs)[output],
    });
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
      ...(this.#usesWorkos ? [`import * as workos from "${this.program.library}";`] : []),
      ...aliases,
    ];
    const head = [`// ${this.comment}`, ...imports].join("\n");
    return `${[head, ...this.#parts].join("\n\n")}\n`;
  }
}

const around = (variable: string, inside: string) => `if (${variable} !== undefined) {\n${inside}\n}`;

const failuresOf = (resource: AnyResource, inputs: Inputs) =>
  check(resource, {}, known(inputs), { clock: systemClock }).failures;

/** What is imported says nothing of being taken over; what can end in one way only has to say so. */
function asImported(resource: AnyResource, { adopt: _adopt, adoptId: _adoptId, ...inputs }: Inputs): Inputs {
  const missing = failuresOf(resource, inputs).flatMap(({ property }) =>
    inputs[property] === undefined ? onlyWay(resource, property) : [],
  );
  return { ...inputs, ...(Object.fromEntries(missing) as Inputs) };
}

/** What expressions come to, as far as that is known here. */
const meantBy = (inputs: Inputs): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, value instanceof Expression ? value.meaning.value : value]),
  );

/** As a check sees it, to which what is made of other resources is not known yet. */
function known(value: Readonly<Record<string, Value | undefined>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, one === undefined ? one : plain(one)]));
}

function plain(value: Value): unknown {
  if (value instanceof Expression) return unknownValue;
  if (typeof value !== "object" || value === null) return value;
  return isList(value) ? value.map(plain) : known(value);
}
