/** `--full`: a user, a membership and an API key from beginning to end, in an organization made for it. */
import { ulid } from "ulid";
import { createApi, isNotFound } from "../../api";
import { remedies } from "../../provider/remedies";
import { type Check, failed, ok } from "./check";
import { type Settings } from "./machine";

export async function checkFlow({ config }: Settings, interrupted: AbortSignal): Promise<Check[]> {
  const { apiKey, baseUrl } = config;
  const api = createApi({ apiKey, baseUrl, userAgent: "pulumi-workos-doctor", remedies });
  const mark = ulid().toLowerCase();
  const external_id = `pulumi-workos-doctor-${mark}`;
  const email = `doctor-${mark}@example.com`;
  const checks: Check[] = [];
  /** How to undo what was begun, the latest first. */
  const undo: (() => Promise<unknown>)[] = [];
  let current = "";
  const step = async <T>(name: string, work: () => Promise<T>, done: (result: T) => string): Promise<T> => {
    interrupted.throwIfAborted();
    current = name;
    const result = await work();
    checks.push(ok(name, done(result)));
    return result;
  };

  try {
    // What an interrupted or unanswered create left is found by a name that nothing else has.
    undo.push(async () => {
      const organization = await api.organizations.getByExternalId({ external_id });
      await api.organizations.delete({ id: organization.id });
    });
    const organization = await step(
      "create organization",
      () => api.organizations.create({ name: "pulumi-workos doctor", external_id }),
      ({ id }) => id,
    );
    undo.push(async () => {
      const { data } = await api.users.list({ email });
      for (const { id } of data) await api.users.delete({ id });
    });
    const { id } = await step(
      "create user",
      () => api.users.create({ email, first_name: "Test", last_name: "User", email_verified: true }),
      (user) => user.id,
    );
    await step(
      "get user",
      () => api.users.get({ id }),
      (user) => user.email,
    );
    await step(
      "update user",
      () => api.users.update({ id, first_name: "Updated" }),
      () => "first name changed",
    );
    const membership = await step(
      "create membership",
      () => api.organizationMemberships.create({ user_id: id, organization_id: organization.id, role_slug: "member" }),
      (made) => made.id,
    );
    await step(
      "list memberships",
      () => api.organizationMemberships.list({ user_id: id }),
      ({ data }) => `${data.length} found`,
    );
    const key = await step(
      "create API key",
      () => api.apiKeys.createForOrganization({ organization_id: organization.id, name: "pulumi-workos doctor" }),
      (made) => made.id,
    );
    undo.push(() => api.apiKeys.delete({ id: key.id }));
    await step(
      "validate API key",
      () => api.apiKeys.validate({ value: key.value }),
      ({ api_key }) => (api_key?.id === key.id ? "valid" : "not yet valid"),
    );
    await step(
      "delete membership",
      () => api.organizationMemberships.delete({ id: membership.id }),
      () => "gone",
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    checks.push(failed(interrupted.aborted ? "interrupted" : current, message, "What was created is removed below."));
  } finally {
    checks.push(await cleanUp(undo));
    await api.close();
  }
  return checks;
}

/** Goes on after a failure: each thing that can be removed is. */
async function cleanUp(undo: (() => Promise<unknown>)[]): Promise<Check> {
  const problems: string[] = [];
  for (const work of undo.reverse()) {
    try {
      await work();
    } catch (error) {
      if (!isNotFound(error)) problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (problems.length === 0) return ok("clean up", "everything that was created is removed");
  const remedy = "Remove the organization named `pulumi-workos doctor` and users like doctor-…@example.com by hand.";
  return failed("clean up", problems.join("; "), remedy);
}
