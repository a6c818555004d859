/**
 * The two entries by which a program's resources reach the provider: as Pulumi's dynamic resources, which `pulumi-workos`
 * exports, and as resources of the native plugin, which `pulumi-workos/native` exports. Both are the same classes: which
 * entry one uses is said by the class, never by what is installed.
 */
import { dynamicType, nativeType } from "../provider/type-tokens";
import { type Environment, environmentOf } from "./environment";
import { assertUsable, stopped } from "./preconditions";
import { pluginOptions } from "./provider";
import * as pulumi from "./pulumi";
import { secretInputsOf } from "./secrets";
import { shortStacks } from "./stack-frames";

type Values = Readonly<Record<string, unknown>>;

/** A resource as Pulumi is told of it. */
interface Registration {
  readonly type: string;
  readonly props: Values;
  readonly options: pulumi.CustomResourceOptions;
}

interface Entry {
  /** How many classes it adds to those that programs know. */
  readonly classes: number;
  /** Throws (a `RunError`) where a resource of a program cannot be made by it. */
  readonly assertUsable: (resource: string, options: pulumi.CustomResourceOptions, environment: Environment) => void;
  /** @param open inputs that are secrets only where the program says so. */
  readonly register: (
    kind: string,
    name: string,
    props: Values,
    open: Values,
    options: pulumi.CustomResourceOptions,
  ) => Registration;
}

/**
 * What Pulumi's dynamic provider host evaluates to get at the provider of one kind. A constant, not a serialised
 * closure: it is in every resource's state, so a changed implementation causes no diff, and old resources are read and
 * deleted by the code that is installed. Its text is part of the public interface.
 */
export function providerLine(kind: string): string {
  return `exports.handler = () => require("pulumi-workos/provider").dynamicProvider("${kind}")`;
}

const dynamicEntry: Entry = {
  classes: 0,
  assertUsable(resource, options, environment) {
    const refused = environment ? "provider" : options.import === undefined ? undefined : "import";
    if (refused) {
      // Pulumi would leave the provider out in silence, and make the resource in the environment of the stack's settings.
      throw stopped(
        `${resource} has the option \`${refused}\`, which does not work for Pulumi's dynamic resources${refused === "provider" ? ": they all have the stack's settings" : ""}. Import the class from "pulumi-workos/native", where it works${refused === "import" ? ", or take over what exists with the input `adopt`" : ""}.`,
      );
    }
    assertUsable();
  },
  register: (kind, name, props, open, options) => ({
    type: dynamicType(kind),
    props: {
      __provider: providerLine(kind),
      ...(options.replaceOnChanges ? { __replaceOnChanges: options.replaceOnChanges } : {}),
      ...props,
      ...secretInputsOf(open),
    },
    options: withAlias(nativeType(kind), name, options),
  }),
};

const nativeEntry: Entry = {
  classes: 1,
  // The plugin checks its settings by itself, whoever asks for it.
  assertUsable: () => undefined,
  register: (kind, name, props, _open, options) => ({
    type: nativeType(kind),
    props,
    options: { ...pluginOptions(), ...withAlias(dynamicType(kind), name, options) },
  }),
};

/** With what the other entry has made in mind: a stack whose program changes its entry goes on as it is. */
function withAlias(type: string, name: string, options: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  const { parent, aliases = [] } = options;
  const isOnTop = parent === undefined || parent === pulumi.getStackResource();
  // Pulumi finds it out by itself as well, and takes four times as long.
  const urn = `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${type}::${name}`;
  return { ...options, aliases: [...aliases, isOnTop ? urn : { type }] };
}

/** Where a class says its entry; without, it is the dynamic one. */
const entry = Symbol("pulumi-workos entry");

/**
 * The class whose resources are the native plugin's: with the same arguments, outputs and documentation, and derived from
 * the other one, so that what takes its resources takes these.
 */
export function nativeForm<Class extends abstract new (...given: never[]) => pulumi.CustomResource>(
  declared: Class,
): Class {
  // Whatever its arguments are: there is no type for a class that hands them on as they are.
  class Native extends (declared as unknown as typeof pulumi.CustomResource) {
    static readonly [entry] = nativeEntry;
  }
  return Object.defineProperty(Native, "name", { value: declared.name }) as unknown as Class;
}

/** What a resource is, before it is registered. */
export interface Declared {
  readonly kind: string;
  readonly name: string;
  readonly options: pulumi.CustomResourceOptions;
  readonly environment: Environment;
}

/**
 * Looks at what has to hold before a resource is declared.
 * @param target the class, as `new.target` has it.
 * @throws (a `RunError`) where it cannot be.
 */
export function declared(target: object, kind: string, name: string, options: pulumi.CustomResourceOptions): Declared {
  const environment = environmentOf(options);
  entryOf(target).assertUsable(`${kind} "${name}"`, options, environment);
  return { kind, name, options, environment };
}

const entryOf = (target: object): Entry => (target as { readonly [entry]?: Entry })[entry] ?? dynamicEntry;

/** A resource of ours, by the entry of its class. */
export class Registered extends pulumi.CustomResource {
  /**
   * @param classes how many there are between this one and the one that programs know.
   * @param open inputs that are secrets only where the program says so.
   */
  constructor({ kind, name, options }: Declared, classes: number, props: Values, open: Values) {
    const { classes: more, register } = entryOf(new.target);
    const registration = register(kind, name, props, open, options);
    const restore = shortStacks(Registered.name, 1 + classes + more);
    try {
      super(registration.type, name, registration.props, registration.options);
    } finally {
      restore();
    }
  }
}
