/** From a resource's declaration to the class that programs import. */
import type { InputFields, InputValues, OutputFields, OutputValues } from "../provider/declare/resource";
import { claim, claimAllDomains, claimDomains, claimPerson, type NaturalKey, noteAddress } from "./duplicates";
import { assertUsable } from "./preconditions";
import * as pulumi from "./pulumi";
import { secretInputsOf } from "./secrets";
import { shortStacks } from "./stack-frames";

/** A declaration as far as its class needs it. */
export interface Declaration<I extends InputFields, O extends OutputFields> {
  readonly kind: string;
  readonly keys?: readonly NaturalKey[];
  readonly address?: string;
  readonly access?: { readonly organization: string; readonly user?: string; readonly address?: string };
  readonly domains?: { readonly named: string; readonly of?: string };
  readonly inputs: I;
  readonly outputs: O;
}

/** A value whose parts may be other resources' outputs. */
type Parts<T> = T extends object ? { [K in keyof T]: pulumi.Input<Parts<T[K]>> } : T;

/** The arguments of a declaration's class: its inputs, each of which may be another resource's output. */
export type Args<D> =
  D extends Declaration<infer I, OutputFields>
    ? { [K in keyof InputValues<I>]: pulumi.Input<Parts<InputValues<I>[K]>> }
    : never;

/** The outputs of a declaration's class. */
export type Outputs<D> =
  D extends Declaration<infer I, infer O>
    ? { readonly [K in keyof OutputValues<I, O>]: pulumi.Output<OutputValues<I, O>[K]> }
    : never;

export type ResourceClass<D> = new (
  name: string,
  args: Args<D>,
  options?: pulumi.CustomResourceOptions,
) => pulumi.CustomResource & Outputs<D>;

/**
 * What Pulumi's dynamic provider host evaluates to get at the provider of one kind. A constant, not a serialised
 * closure: it is in every resource's state, so a changed implementation causes no diff, and old resources are read and
 * deleted by the code that is installed. Its text is part of the public interface.
 */
export function providerLine(kind: string): string {
  return `exports.handler = () => require("pulumi-workos/provider").dynamicProvider("${kind}")`;
}

/** The class of a declared resource. */
export function classOf<D extends Declaration<InputFields, OutputFields>>(declaration: D): ResourceClass<D> {
  const {
    kind,
    keys = [],
    address,
    access,
    domains,
    inputs,
    outputs,
  }: Declaration<InputFields, OutputFields> = declaration;
  const secretInputs = Object.keys(inputs).filter((name) => inputs[name]?.traits.secret);
  const secretOutputs = Object.keys(outputs).filter((name) => outputs[name]?.traits.secret);
  const outputNames = [...Object.keys(inputs).filter((name) => inputs[name]?.readable), ...Object.keys(outputs)];

  class WorkosResource extends pulumi.CustomResource {
    constructor(name: string, args: Readonly<Record<string, unknown>>, options: pulumi.CustomResourceOptions = {}) {
      assertUsable();
      const declarer = { kind, name };
      const claimed = claim(declarer, keys, args);
      if (access) {
        claimPerson(declarer, {
          organizationId: args[access.organization],
          userId: access.user && args[access.user],
          address: access.address && args[access.address],
        });
      }
      if (domains) claimDomains(declarer, args[domains.named], domains.of && args[domains.of]);
      const props: Record<string, unknown> = { __provider: providerLine(kind) };
      if (options.replaceOnChanges) {
        props.__replaceOnChanges = options.replaceOnChanges;
      }
      for (const output of outputNames) {
        props[output] = undefined;
      }
      const others = Object.entries(args).filter(([input]) => !secretInputs.includes(input));
      Object.assign(props, claimed, secretInputsOf(Object.fromEntries(others)));
      for (const input of secretInputs) {
        if (props[input] !== undefined) {
          props[input] = pulumi.secret(props[input]);
        }
      }
      const restore = shortStacks(WorkosResource.name);
      try {
        super(`pulumi-nodejs:dynamic/workos:${kind}`, name, props, {
          ...options,
          additionalSecretOutputs: [...(options.additionalSecretOutputs ?? []), ...secretInputs, ...secretOutputs],
        });
      } finally {
        restore();
      }
      if (domains && domains.of === undefined && args[domains.named] !== undefined) {
        claimAllDomains(declarer, this.id);
      }
      if (address) {
        noteAddress(this.id, args[address]);
      }
    }
  }
  // The instance's outputs are defined by CustomResource from the names above; only the declaration's type knows them.
  return WorkosResource as unknown as ResourceClass<D>;
}
