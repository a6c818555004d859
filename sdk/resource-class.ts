/** From a resource's declaration to the class that programs import. */
import type { InputFields, InputValues, OutputFields, OutputValues } from "../provider/declare/resource";
import { claim, claimAllDomains, claimDomains, claimPerson, type NaturalKey, noteAddress } from "./duplicates";
import { declared, Registered } from "./entry";
import * as pulumi from "./pulumi";

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

  class WorkosResource extends Registered {
    constructor(name: string, args: Readonly<Record<string, unknown>>, options: pulumi.CustomResourceOptions = {}) {
      const resource = declared(new.target, kind, name, options);
      const claimed = claim(resource, keys, args);
      if (access) {
        claimPerson(resource, {
          organizationId: args[access.organization],
          userId: access.user && args[access.user],
          address: access.address && args[access.address],
        });
      }
      if (domains) claimDomains(resource, args[domains.named], domains.of && args[domains.of]);
      const props: Record<string, unknown> = {};
      for (const output of outputNames) {
        props[output] = undefined;
      }
      Object.assign(props, claimed);
      for (const input of secretInputs) {
        if (props[input] !== undefined) {
          props[input] = pulumi.secret(props[input]);
        }
      }
      const open = Object.entries(args).filter(([input]) => !secretInputs.includes(input));
      const secrets = [...(options.additionalSecretOutputs ?? []), ...secretInputs, ...secretOutputs];
      super(
        { ...resource, options: { ...options, additionalSecretOutputs: secrets } },
        1,
        props,
        Object.fromEntries(open),
      );
      if (domains && domains.of === undefined && args[domains.named] !== undefined) {
        claimAllDomains(resource, this.id);
      }
      if (address) {
        noteAddress(resource, this.id, args[address]);
      }
    }
  }
  // The instance's outputs are defined by CustomResource from the names above; only the declaration's type knows them.
  return WorkosResource as unknown as ResourceClass<D>;
}
