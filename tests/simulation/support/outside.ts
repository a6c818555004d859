/** What happens in the environment without any program: people, and others who manage them. */
import { type AuthKit } from "./authkit";
import { type Outside } from "./history";

/** Whom it was about, in words and ids that lines and states may have. */
export interface Touched {
  readonly ids: readonly string[];
  readonly addresses: readonly string[];
}

const nobody: Touched = { ids: [], addresses: [] };
const um = "/user_management";

/** @returns nobody where there is nobody whom it can happen to. */
export async function happen({ event, pick }: Outside, authKit: AuthKit): Promise<Touched> {
  const state = authKit.state();
  const one = <T>(from: readonly T[]): T | undefined => from[pick % Math.max(1, from.length)];
  const person = (userId: string) => state.users.find(({ id }) => id === userId)?.email ?? "";
  const member = (status: string, admin?: boolean) =>
    one(
      state.organizationMemberships.filter(
        (each) =>
          each.status === status &&
          (admin === undefined || (each.roles ?? [each.role]).some(({ slug }) => slug === "admin") === admin),
      ),
    );
  const toMember = async (
    found: ReturnType<typeof member>,
    act: (id: string) => Promise<unknown>,
  ): Promise<Touched> => {
    if (!found) return nobody;
    await act(found.id);
    return { ids: [found.id, found.user_id], addresses: [person(found.user_id)] };
  };
  const pending = () => one(state.invitations.filter((each) => each.state === "pending"));
  switch (event) {
    case "accepts": {
      const found = pending();
      if (!found) return nobody;
      const accepted = await authKit.call("POST", `${um}/invitations/${found.id}/accept`);
      const user = authKit.state().users.find(({ id }) => id === accepted?.accepted_user_id);
      const joined = authKit.state().organizationMemberships.filter(({ user_id }) => user_id === user?.id);
      return {
        ids: [found.id, ...(user ? [user.id] : []), ...joined.map(({ id }) => id)],
        addresses: [found.email],
      };
    }
    case "leaves":
      return toMember(member("active"), (id) => authKit.call("DELETE", `${um}/organization_memberships/${id}`));
    case "is promoted":
      return toMember(member("active", false), (id) =>
        authKit.call("PUT", `${um}/organization_memberships/${id}`, { role_slug: "admin" }),
      );
    case "is demoted":
      return toMember(member("active", true), (id) =>
        authKit.call("PUT", `${um}/organization_memberships/${id}`, { role_slug: "member" }),
      );
    case "is suspended":
      return toMember(member("active"), (id) => authKit.call("PUT", `${um}/organization_memberships/${id}/deactivate`));
    case "is readmitted":
      return toMember(member("inactive"), (id) =>
        authKit.call("PUT", `${um}/organization_memberships/${id}/reactivate`),
      );
    case "is renamed":
    case "profile changes":
    case "takes an external id":
    case "is deleted": {
      const found = one(state.users);
      if (!found) return nobody;
      const path = `${um}/users/${found.id}`;
      if (event === "is deleted") await authKit.call("DELETE", path);
      else if (event === "is renamed") await authKit.call("PUT", path, { email: `renamed${pick}@elsewhere.example` });
      else if (event === "profile changes") {
        await authKit.call("PUT", path, { first_name: "Other", metadata: { team: "green" } });
      } else await authKit.call("PUT", path, { external_id: `p-${["ann", "ben", "cleo"][pick % 3] ?? "ann"}` });
      const held = state.organizationMemberships.filter(({ user_id }) => user_id === found.id).map(({ id }) => id);
      return { ids: [found.id, ...held], addresses: [found.email, `renamed${pick}@elsewhere.example`] };
    }
    case "invitation is revoked": {
      const found = pending();
      if (!found) return nobody;
      await authKit.call("POST", `${um}/invitations/${found.id}/revoke`);
      return {
        ids: [found.id, ...membershipsOf(state, found.email)],
        addresses: [found.email],
      };
    }
    case "key is deleted":
    case "key expires": {
      const found = one(state.apiKeys);
      if (!found) return nobody;
      if (event === "key is deleted") await authKit.call("DELETE", `/api_keys/${found.id}`);
      else {
        const soon = new Date(authKit.control.clock.now() + 1_000).toISOString();
        await authKit.call("POST", `/api_keys/${found.id}/expire`, { expires_at: soon });
      }
      return { ids: [found.id], addresses: [] };
    }
    case "joins":
    case "is invited": {
      const organization = one(state.organizations);
      if (!organization) return nobody;
      const email = `stranger${pick % 3}@example.org`;
      if (event === "is invited") {
        await authKit.call("POST", `${um}/invitations`, {
          email,
          organization_id: organization.id,
          role_slug: "viewer",
        });
      } else {
        await authKit.call("POST", `${um}/users`, { email });
        const user = authKit.state().users.find((each) => each.email === email);
        const role_slug = pick % 2 === 0 ? "admin" : "member";
        if (user) {
          const body = { user_id: user.id, organization_id: organization.id, role_slug };
          await authKit.call("POST", `${um}/organization_memberships`, body);
        }
      }
      return { ids: membershipsOf(authKit.state(), email), addresses: [email] };
    }
    case "organization is renamed": {
      const found = one(state.organizations);
      if (!found) return nobody;
      await authKit.call("PUT", `/organizations/${found.id}`, { name: `Renamed ${pick % 3}` });
      // Lines may still call it by its former name.
      return { ids: [found.id], addresses: [found.name, ...everybodyIn(state, found.id)] };
    }
    case "organization is deleted": {
      // Seldom: it takes everything along.
      const found = pick % 3 === 0 ? one(state.organizations) : undefined;
      if (!found) return nobody;
      await authKit.call("DELETE", `/organizations/${found.id}`);
      return { ids: [found.id, ...within(state, found.id)], addresses: everybodyIn(state, found.id) };
    }
    case "template changes": {
      await authKit.call("PUT", `${um}/jwt_template`, { content: `{ "others": ${pick} }` });
      return { ids: ["jwt_template"], addresses: [] };
    }
    case "flag is switched": {
      const found = one(state.featureFlags);
      if (!found) return nobody;
      await authKit.call("PUT", `/feature-flags/${found.slug}/${found.enabled ? "disable" : "enable"}`);
      return { ids: [found.id], addresses: [found.slug] };
    }
    case "thing is deleted": {
      const found = one([
        ...state.groups.map(({ id, organization_id }) => [id, `/organizations/${organization_id}/groups/${id}`]),
        ...state.userApiKeys.map(({ id }) => [id, `/api_keys/${id}`]),
        ...state.clientSecrets.map(({ id }) => [id, `/connect/client_secrets/${id}`]),
        ...state.applications.map(({ id }) => [id, `/connect/applications/${id}`]),
        ...state.webhookEndpoints.map(({ id }) => [id, `/webhook_endpoints/${id}`]),
        ...state.redirectUris.map(({ id }) => [id, `${um}/redirect_uris/${id}`]),
        ...state.vaultObjects.map(({ id }) => [id, `/vault/v1/kv/${id}`]),
        ...state.authorizationResources.map(({ id }) => [id, `/authorization/resources/${id}?cascade_delete=true`]),
        ...state.dataIntegrations.map(({ id, slug }) => [id, `/data-integrations/${slug}`]),
        ...state.organizations.flatMap(({ domains }) => domains.map(({ id }) => [id, `/organization_domains/${id}`])),
      ] as const);
      if (!found) return nobody;
      const [id = "", path = ""] = found;
      await authKit.call("DELETE", path);
      // Whatever hung on it is gone as well.
      const hung = [...state.roleAssignments, ...state.clientSecrets].map((each) => each.id);
      return { ids: [id, ...hung], addresses: [] };
    }
    case "role is deleted": {
      const organization = one(state.organizations);
      if (!organization) return nobody;
      await authKit.call("DELETE", `/authorization/organizations/${organization.id}/roles/org-billing`);
      return { ids: state.roles.filter(({ slug }) => slug === "org-billing").map(({ id }) => id), addresses: [] };
    }
  }
}

type State = ReturnType<AuthKit["state"]>;

const membershipsOf = ({ users, organizationMemberships }: State, email: string): string[] => {
  const user = users.find((each) => each.email === email);
  return organizationMemberships.filter(({ user_id }) => user_id === user?.id).map(({ id }) => id);
};

/** Everything that goes with an organization. */
export const within = ({ organizationMemberships, invitations, apiKeys }: State, id: string): string[] => [
  ...organizationMemberships.filter((each) => each.organization_id === id).map((each) => each.id),
  ...invitations.filter((each) => each.organization_id === id).map((each) => each.id),
  ...apiKeys.filter(({ owner }) => owner.id === id).map((each) => each.id),
];

const everybodyIn = ({ organizationMemberships, users, invitations }: State, id: string): string[] => [
  ...organizationMemberships
    .filter((each) => each.organization_id === id)
    .map(({ user_id }) => users.find((each) => each.id === user_id)?.email ?? ""),
  ...invitations.filter((each) => each.organization_id === id).map(({ email }) => email),
];
