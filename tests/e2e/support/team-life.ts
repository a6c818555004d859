/** What the tests of a team's life do over and over, and what they gather meanwhile. */
import { type CommandResult } from "../../support/engine";
import { ok, type Stack } from "./stack";
import { programOf, secrets, type Team, vendorView } from "./team";

export function teamLife(stack: () => Stack) {
  /** Everything that anybody could have read: what commands printed, and what lay on disk after them. */
  const seen: string[] = [];
  /** Every secret there has been. */
  const hidden = new Set(Object.values(secrets));

  async function see(command: Promise<CommandResult>): Promise<CommandResult> {
    const result = await ok(command);
    seen.push(result.stdout, result.stderr, stack().project.stateText());
    return result;
  }

  /** The live objects that the team's names stand for. */
  function parts() {
    const state = stack().emulator.control.state();
    const ann = theOne(state.users, (user) => user.email.toLowerCase().startsWith("ann"));
    const ben = theOne(state.users, (user) => user.email.startsWith("ben@"));
    return {
      ann,
      ben,
      acme: theOne(state.organizations, ({ name }) => name.startsWith("Acme")),
      annAcme: theOne(state.organizationMemberships, ({ user_id }) => user_id === ann.id),
      benAcme: theOne(state.organizationMemberships, ({ user_id }) => user_id === ben.id),
      beta: theOne(state.organizations, ({ name }) => name === "Beta"),
      cleo: theOne(state.invitations, (invitation) => invitation.state === "pending"),
      ci: theOne(state.apiKeys, ({ name }) => name.startsWith("CI")),
      spare: theOne(state.apiKeys, ({ name }) => name === "Spare"),
    };
  }

  /** Drift in all that can drift, and the end of one of each kind. */
  async function changeBehindTheProgram(): Promise<void> {
    const { api } = stack();
    const { acme, beta, ann, ben, annAcme, cleo, ci, spare } = parts();
    await api.organizations.update({
      id: acme.id,
      name: "Acme Inc",
      external_id: "acme-inc",
      metadata: { plan: "free", owner: "sales", seats: null },
      domain_data: [{ domain: "acme.example", state: "verified" }],
      stripe_customer_id: "cus_other",
    });
    await api.users.update({
      id: ann.id,
      email: "ann@elsewhere.example",
      first_name: "Anna",
      last_name: "Baker",
      name: "Anna Baker",
      external_id: "employee-9",
      metadata: { team: "red", floor: null },
      locale: "fr",
    });
    await api.organizationMemberships.update({ id: annAcme.id, role_slug: "admin" });
    await api.organizationMemberships.deactivate({ id: annAcme.id });
    await api.apiKeys.expire({ id: ci.id, expires_at: "2041-01-01T00:00:00Z" });
    await api.users.delete({ id: ben.id });
    await api.organizations.delete({ id: beta.id });
    await api.invitations.revoke({ id: cleo.id });
    await api.apiKeys.delete({ id: spare.id });
  }

  return {
    seen,
    hidden,
    see,
    parts,
    changeBehindTheProgram,
    up: (...args: string[]) => see(stack().project.up({ events: true, args })),
    declare: (declared: Team) => stack().project.writeProgram(programOf(declared)),
    vendor: () => vendorView(stack().emulator.control.state()),
    writes: () =>
      stack()
        .emulator.control.requests.list()
        .filter(({ method }) => method !== "GET")
        .map(({ method, path }) => `${method} ${path}`),
    rememberSecrets: async () => {
      const outputs = (await stack().project.outputs({ showSecrets: true })) as { secrets: Record<string, string> };
      for (const secret of Object.values(outputs.secrets)) hidden.add(secret);
    },
  };
}

function theOne<T>(items: readonly T[], is: (item: T) => boolean): T {
  const [found, ...others] = items.filter(is);
  if (found === undefined || others.length > 0)
    throw new Error(`one was expected, not ${others.length + (found ? 1 : 0)}`);
  return found;
}
