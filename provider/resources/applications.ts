/** The two kinds of applications of Connect: what each has, what fits together, and what a change of one means. */
import type { ConnectApplicationObject } from "../../api";
import type { Failure } from "../declare/resource";
import { named, oneLine } from "../wording";

/** What a program says of an application, as far as that depends on its kind. */
interface Declared {
  readonly applicationType: "oauth" | "m2m";
  readonly organizationId?: string;
  readonly isFirstParty?: boolean;
  readonly usesPkce?: boolean;
  readonly redirectUris?: readonly Uri[];
  readonly adopt?: string;
  readonly adoptId?: string;
}

interface Body {
  readonly application_type: "oauth" | "m2m";
  readonly name: string;
  readonly description?: string;
  readonly scopes?: string[];
  readonly organization_id?: string;
  readonly is_first_party?: boolean;
  readonly uses_pkce?: boolean;
  readonly redirect_uris?: Uri[];
}

/** What was recorded before a change. */
interface Before {
  readonly scopes: readonly string[];
  readonly redirectUris?: readonly Uri[];
}

export const oauthOf = (application: ConnectApplicationObject) =>
  application.application_type === "oauth" ? application : undefined;

type Uri = { uri: string; default?: boolean };
const isUris = (value: unknown): value is readonly Uri[] =>
  Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null && "uri" in one);

/** In any order; which one is the default counts only where that is declared. */
export function sameUris(declared: Uri[], actual: unknown): boolean {
  return (
    isUris(actual) &&
    actual.length === declared.length &&
    declared.every(({ uri, default: wanted }) =>
      actual.some((one) => one.uri === uri && (wanted === undefined || one.default === wanted)),
    )
  );
}

export function fitting(given: Partial<Declared>): Failure<keyof Declared>[] {
  const { applicationType, organizationId, isFirstParty, redirectUris, adopt: policy, adoptId } = given;
  const wrong: Failure<keyof Declared>[] = [];
  const say = (property: keyof Declared, reason: string) => wrong.push({ property, reason });
  const adopts = policy !== undefined && policy !== "never";
  if (adopts && adoptId === undefined) {
    say("adopt", "needs adoptId: a name is not unique, so it cannot tell which one to take over");
  }
  if (adoptId !== undefined && !adopts) {
    say("adoptId", 'says what to take over, and needs adopt: "require" or "if-exists"');
  }
  if (applicationType === "m2m") {
    if (organizationId === undefined) say("organizationId", "is required for an m2m application, which acts in it");
    for (const property of ["isFirstParty", "usesPkce", "redirectUris"] as const) {
      if (given[property] !== undefined) say(property, "is for OAuth applications only; leave it out");
    }
  }
  if (applicationType === "oauth") {
    if (isFirstParty === false && organizationId === undefined) {
      say("organizationId", "is required where isFirstParty is false: it says whose application it is");
    }
    if ((isFirstParty ?? true) === true && organizationId !== undefined) {
      say("organizationId", "is not for an application of your own; leave it out, or set isFirstParty: false");
    }
  }
  if (isUris(redirectUris)) {
    const uris = redirectUris.map(({ uri }) => uri);
    const twice = uris.find((uri, index) => uris.indexOf(uri) < index);
    const chosen = redirectUris.filter((one) => one.default === true).length;
    if (twice !== undefined) say("redirectUris", `names ${twice} twice`);
    else if (chosen > 1 || (chosen === 0 && redirectUris.some((one) => one.default === false))) {
      say("redirectUris", "must have one with default: true where it has any default");
    }
  }
  return wrong;
}

/** What WorkOS changes of no application; the one that is there stays what it is. */
export function differentInKind(found: ConnectApplicationObject, declared: Declared): string | undefined {
  const is = {
    applicationType: found.application_type,
    organizationId: "organization_id" in found ? (found.organization_id ?? undefined) : undefined,
    isFirstParty: oauthOf(found)?.is_first_party,
    usesPkce: oauthOf(found)?.uses_pkce,
  };
  const different = (["applicationType", "organizationId", "isFirstParty", "usesPkce"] as const).filter(
    (name) => declared[name] !== undefined && declared[name] !== is[name],
  );
  if (different.length === 0) return undefined;
  const asItIs = different.map((name) =>
    is[name] === undefined ? `no ${name}` : `${name}: ${JSON.stringify(is[name])}`,
  );
  return `The application ${found.id} exists already, of another ${different.join(" and ")} than is declared, and WorkOS cannot change that. Declare ${asItIs.join(" and ")}, or another adoptId.`;
}

/** The vendor's body for either kind; `check` has seen to what each needs. */
export function ofItsKind({ application_type, is_first_party = true, ...rest }: Body) {
  if (application_type === "oauth") return { ...rest, application_type, is_first_party };
  const { name, description, scopes, organization_id = "" } = rest;
  return { name, description, scopes, application_type, organization_id };
}

export const asking = (scopes: readonly string[]): string =>
  scopes.length > 0 ? `, and may ask for ${named(scopes)}` : "";

/** What the application may do from now on, and what no longer. */
export function changesSaid(state: Before, now: ConnectApplicationObject): string[] {
  const moved = (before: readonly string[], after: readonly string[], may: string, no: string) => {
    const gained = after.filter((one) => !before.includes(one));
    const lost = before.filter((one) => !after.includes(one));
    const parts = [
      ...(gained.length > 0 ? [`${may} ${named(gained)} now`] : []),
      ...(lost.length > 0 ? [`${no} ${named(lost)}`] : []),
    ];
    const who = `The application "${oneLine(now.name)}" (${now.client_id})`;
    return parts.length > 0 ? [`${who} ${parts.join(" and ")}.`] : [];
  };
  const uris = (all: readonly Uri[] = []) => all.map(({ uri }) => uri);
  return [
    ...moved(state.scopes, now.scopes, "may ask for", "may no longer ask for"),
    ...moved(
      uris(state.redirectUris),
      uris(oauthOf(now)?.redirect_uris),
      "may send people back to",
      "may no longer send them to",
    ),
  ];
}
