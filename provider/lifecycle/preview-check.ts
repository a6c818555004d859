/**
 * What a check finds out by asking: a preview that could not be carried out is an error at once. One read a run, and one
 * more for each organization that something new is for.
 */
import type { Context } from "./context";
import type { Environment } from "./environment";
import type { Lifecycle, Needs } from "./lifecycle";
import type { Failure, Inputs } from "../declare/resource";
import { groupProblem } from "../groups";
import { didYouMean, oneLine, plural } from "../wording";

/** Environments that were found to be out of reach: said in full once, since it is the same for every resource. */
const unreachable = new WeakSet<object>();

/**
 * @returns what the declared inputs rely on and is not there.
 * @throws where WorkOS cannot be asked: a wrong key, no server, somebody else's answer.
 */
export async function previewFailures(
  life: Lifecycle,
  olds: Inputs,
  inputs: Inputs,
  { environment, creates }: Pick<Context, "environment" | "creates">,
): Promise<Failure[]> {
  const shared = await environment.roles().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (unreachable.has(environment))
      throw new Error("WorkOS cannot be asked either; see the other resources' errors.");
    unreachable.add(environment);
    throw new Error(
      `WorkOS cannot be asked, so that nothing of this could be carried out.\n${reason}\nTo plan without asking, set workos:offlinePreview to true.`,
      { cause: error },
    );
  });
  const before: Needs = life.needs?.(olds) ?? { roles: [] };
  const needs: Needs = life.needs?.(inputs) ?? { roles: [] };
  const { organization, roles, makesRole, makesGroup } = needs;
  if (makesRole !== undefined) declaredIn(environment).roles.add(makesRole);
  if (makesGroup !== undefined) declaredIn(environment).groups.add(makesGroup);
  const moved = organization !== before.organization;
  const accepted = new Set([
    ...(moved ? [] : before.roles.map(({ slug }) => slug)),
    ...(shared ?? []).map(({ slug }) => slug),
    ...declaredIn(environment).roles,
  ]);
  const open = roles.filter(({ slug }) => !accepted.has(slug));
  const isNew = organization !== undefined && moved && !creates.made(organization);
  if (isNew && (await environment.rolesOf(organization)) === "missing") {
    const reason = `"${organization}" is no organization of the environment that the key leads to: it is another environment's, or was deleted`;
    return [{ property: "organizationId", reason }];
  }
  const strangeGroups = await groupFailures(needs, moved ? { roles: [] } : before, environment);
  if (open.length === 0) return strangeGroups;
  // Once more where it is not there: an earlier step of this run may have made it.
  const all = (await rolesIn(environment, organization, open)) ?? shared;
  if (!all) return strangeGroups;
  const known = [...all.map(({ slug }) => slug), ...declaredIn(environment).roles];
  const unknown = open
    .filter(({ slug }) => !known.includes(slug))
    .map(({ property, slug }) => ({ property, name: slug }));
  const strangeRoles = [...properties(unknown)].map(([slug, [property = "", ...more]]) => {
    const also = more.length > 0 ? `, and ${plural(more.length, "more is", "more are")} given it` : "";
    return { property, reason: `"${oneLine(slug)}" is no role here; ${didYouMean(slug, known, "there are")}${also}` };
  });
  return [...strangeRoles, ...strangeGroups];
}

/** Where each name is given. */
function properties(named: readonly { readonly property: string; readonly name: string }[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { property, name } of named) found.set(name, [...(found.get(name) ?? []), property]);
  return found;
}

interface Declared {
  /** Slugs. */
  readonly roles: Set<string>;
  /** Names, of whichever organization's. */
  readonly groups: Set<string>;
}

/** What the program declares, so far: a role or a group comes before whoever has it, as in the run itself. */
const declared = new WeakMap<object, Declared>();

function declaredIn(environment: object): Declared {
  const known = declared.get(environment) ?? { roles: new Set(), groups: new Set() };
  declared.set(environment, known);
  return known;
}

/** Groups that neither the program declares nor the organization has, or of whose name it has several. */
async function groupFailures(
  { organization, groups = [] }: Needs,
  { groups: before = [] }: Needs,
  environment: Environment,
): Promise<Failure[]> {
  const made = declaredIn(environment).groups;
  const open = groups.filter(({ name }) => !made.has(name) && !before.some((one) => one.name === name));
  if (organization === undefined || open.length === 0) return [];
  const stands = (all: readonly { readonly id: string; readonly name: string }[], called: string) =>
    all.filter(({ name }) => name === called).length === 1 || all.some(({ id }) => id === called);
  let there = await environment.groupsOf(organization);
  // Once more where one is not there: an earlier step of this run may have made it.
  if (there && open.some(({ name }) => !stands(there ?? [], name))) {
    there = await environment.groupsOf(organization, true);
  }
  if (!there) return [];
  const known = [...there, ...[...made].map((name) => ({ name }))];
  const strange = properties(open.filter(({ name }) => !stands(there, name)));
  return [...strange].map(([name, [property = "", ...more]]) => {
    const also = more.length > 0 ? `, and ${plural(more.length, "more is", "more are")} put into it` : "";
    return { property, reason: `${groupProblem(name, known)}${also}` };
  });
}

async function rolesIn(
  environment: Environment,
  organization: string | undefined,
  wanted: Needs["roles"],
): Promise<readonly { readonly slug: string }[] | undefined> {
  if (organization === undefined) return undefined;
  const roles = await environment.rolesOf(organization);
  if (!roles || roles === "missing") return undefined;
  const missing = wanted.filter(({ slug }) => !roles.some((role) => role.slug === slug));
  const asked = askedAgain.get(environment) ?? new Set();
  askedAgain.set(environment, asked);
  const unasked = missing.filter(({ slug }) => !asked.has(`${organization} ${slug}`));
  if (unasked.length === 0) return roles;
  for (const { slug } of unasked) asked.add(`${organization} ${slug}`);
  const now = await environment.rolesOf(organization, true);
  return !now || now === "missing" ? undefined : now;
}

/** Roles that were asked for once more, with their organizations: not by each who has one. */
const askedAgain = new WeakMap<object, Set<string>>();
