/** The vendor's codes of errors, as its document names them for what resources send: each says what to do. */
import { endpoints } from "../../api/endpoints";
import { type AnyEndpoint } from "../../api/endpoint";
import { explainedCodes } from "../../provider/lifecycle/explained";
import { type Inputs, type State } from "../../provider/declare/resource";
import { type Kind } from "../../provider/resources";
import { documentedAnswers } from "../contract/support/documented";
import { rows } from "../kinds";
import { changed, failure } from "../support/life";
import { useWorld } from "../support/world";
import { startRun } from "./support/run";

const current = useWorld();

/** Says which property is wrong, or that nothing is there, by itself; or a resource never sends what it is about. */
const plain = new Set(["bad_request", "entity_not_found", "invalid_request_parameters"]);
/** What was to be done is done already, or will not be needed. */
const harmless = new Set(["domain_already_verified"]);

interface Refused {
  readonly kind: Kind;
  /** The status that the local AuthKit is made to answer with; nothing where it does so by itself. */
  readonly status?: number;
  readonly when: "create" | "update" | "delete";
  /** For what the local AuthKit refuses by itself: other inputs. */
  readonly inputs?: Inputs;
  readonly says: RegExp;
}

const exists = (kind: Kind): Refused => ({ kind, when: "create", says: /adopt: "if-exists"/ });

const refusals: Readonly<Record<string, Refused>> = {
  permission_slug_conflict: exists("Permission"),
  role_slug_conflict: exists("EnvironmentRole"),
  organization_role_slug_conflict: exists("OrganizationRole"),
  authorization_resource_external_id_conflict: exists("AuthorizationResource"),
  duplicate_cors_origin: exists("CorsOrigin"),
  domain_already_exists: exists("OrganizationDomain"),
  group_membership_limit_exceeded: {
    kind: "GroupMembership",
    when: "create",
    status: 400,
    says: /take somebody out of the group first, or use several groups/,
  },
  duplicate_endpoint: { kind: "WebhookEndpoint", when: "update", status: 409, says: /declare another address/ },
  invalid_url: { kind: "WebhookEndpoint", when: "create", status: 422, says: /https addresses only/ },
  unknown_event_type: {
    kind: "WebhookEndpoint",
    when: "create",
    inputs: { events: ["user.creatd"] },
    says: /did you mean user\.created\?/,
  },
  lock_timeout: { kind: "AuthorizationResource", when: "update", status: 400, says: /has changed nothing: run again/ },
  resource_type_update_in_progress: {
    kind: "AuthorizationResource",
    when: "delete",
    status: 409,
    says: /run again after that/,
  },
  resource_has_dependents: {
    kind: "AuthorizationResource",
    when: "delete",
    status: 409,
    says: /set cascadeDelete: true/,
  },
  role_has_assignments: { kind: "OrganizationRole", when: "delete", status: 409, says: /onDestroy: "retain"/ },
  role_has_group_role_mappings: {
    kind: "OrganizationRole",
    when: "delete",
    status: 409,
    says: /take it from the group \(GroupRoleAssignments\)/,
  },
  duplicate_group_role_assignment: {
    kind: "RoleAssignment",
    when: "create",
    status: 409,
    says: /run again, and it is found as it is/,
  },
  invalid_resource_id_format: { kind: "FeatureFlagTarget", when: "create", status: 400, says: /give the id of one/ },
  invalid_role: {
    kind: "OrganizationMembership",
    when: "create",
    inputs: { roleSlug: "nobody-knows", roleSlugs: undefined },
    says: /name it by its slug output, so that it is made first/,
  },
  multiple_roles_not_enabled: {
    kind: "OrganizationMembership",
    when: "create",
    status: 422,
    says: /allow several in the WorkOS dashboard/,
  },
  sub_resource_scoped_role_not_allowed: {
    kind: "OrganizationMembership",
    when: "create",
    status: 422,
    says: /by a RoleAssignment/,
  },
};

/** Whatever resources of groups, roles and permissions, and the other kinds of an environment, send to change something. */
const families = [
  "organizationDomains",
  "roles",
  "organizationRoles",
  "permissions",
  "groups",
  "groupMemberships",
  "groupRoleAssignments",
  "redirectUris",
  "webhookEndpoints",
  "corsOrigins",
  "authorizationResources",
  "roleAssignments",
  "auditLogSchemas",
  "auditLogRetentions",
  "jwtTemplate",
  "connectApplications",
  "vault",
  "radarLists",
  "dataIntegrations",
  "featureFlags",
  "userApiKeys",
] as const;

test("each code that the vendor's document names has a row here", () => {
  const writes = families
    .flatMap((family): AnyEndpoint[] => Object.values<AnyEndpoint>(endpoints[family]))
    .filter(({ method }) => method !== "GET");
  const codes = new Set(
    writes.flatMap((endpoint) => documentedAnswers(endpoint).flatMap(({ code }) => (code === null ? [] : [code]))),
  );
  const known = new Set([...plain, ...harmless, ...Object.keys(refusals)]);
  expect([...codes].filter((code) => !known.has(code))).toEqual([]);
  expect([...plain, ...harmless].filter((code) => !codes.has(code))).toEqual([]);
  expect(explainedCodes.filter((code) => !(code in refusals))).toEqual([]);
});

/** Another value of an input that is changed in place. */
async function otherOf(kind: Kind): Promise<Inputs> {
  const [name, field] =
    Object.entries(rows[kind].fields).find(([, one]) => "sends" in one && one.sends.length > 0) ?? [];
  if (name === undefined || !field) throw new Error(`nothing of a ${kind} changes in place`);
  return { [name]: field.to instanceof Function ? await field.to(current()) : field.to };
}

async function provoke(code: string, { kind, status, when, inputs: other = {} }: Refused): Promise<Error> {
  const life = startRun(current()).life(kind);
  const there =
    status === undefined && Object.keys(other).length === 0 ? await rows[kind].present?.(current()) : undefined;
  if (there) return failure(life.create(changed(there.inputs, { adopt: undefined })));
  const refuse = () => {
    if (status === undefined) return;
    const method = ({ create: "POST", update: "PATCH", delete: "DELETE" } as const)[when];
    current().control.faults.add({ method, status, body: { code, message: "Refused." } });
  };
  const inputs = changed(await rows[kind].inputs(current()), other);
  if (when === "create") {
    refuse();
    return failure(life.create(inputs));
  }
  const { id, outs } = await life.create(changed(inputs, { onDestroy: undefined, cascadeDelete: undefined }));
  refuse();
  const state: State = outs;
  return failure(
    when === "delete" ? life.remove(id, state) : life.update(id, state, changed(inputs, await otherOf(kind))),
  );
}

test.each(Object.entries(refusals))("%s says what to do", async (code, refused) => {
  const { message } = await provoke(code, refused);
  expect(message).toContain(code);
  expect(message).toMatch(refused.says);
});

test("of many members of a group, the first that was refused says what to do about all", async () => {
  const row = rows.GroupMembers;
  const inputs = await row.inputs(current());
  const body = { code: "group_membership_limit_exceeded", message: "Refused." };
  current().control.faults.add({ method: "POST", status: 400, body, nth: 1 });
  const { message } = await failure(startRun(current()).life("GroupMembers").create(inputs));
  expect(message).toContain("take somebody out of the group first");
});
