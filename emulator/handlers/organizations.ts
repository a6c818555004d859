import { type Context } from "../context";
import { deleteOrganization } from "../deletions";
import { invalidParameters, notFound, refuse } from "../errors";
import { page } from "../pages";
import { type StoredOrganization } from "../store/entities";
import { SortedIds } from "../store/sorted-ids";
import { readDomains, refuseForeignDomains, setDomains } from "./organization-domains";
import { createdMetadata, differs, updatedMetadata } from "./fields";
import { type Family, Reply } from "./handler";
import { presentOrganization } from "./present";

export const organizations: Family<"organizations"> = {
  list: (query, context) => {
    const { store } = context;
    const ids =
      query.domains === undefined
        ? store.organizations.ids()
        : SortedIds.of(
            query.domains
              .flatMap((domain) => store.domains.by("domain", domain.toLowerCase()))
              .map((domain) => domain.organization_id),
            store.organizations.places,
          );
    const search = query.search?.toLowerCase();
    const found = page(ids, "org", query, (id) => {
      const organization = store.organizations.get(id);
      return search === undefined || organization?.name.toLowerCase().includes(search) ? organization : undefined;
    });
    return { ...found, data: found.data.map((organization) => presentOrganization(organization, context)) };
  },

  create: (body, context) => {
    const { store, ids, clock } = context;
    checkName(body.name);
    const metadata = createdMetadata(body.metadata);
    refuseUsed("external_id", body.external_id, undefined, context);
    const domains = readDomains(body) ?? [];
    refuseForeignDomains(domains, null, context);
    const now = clock.iso();
    const organization: StoredOrganization = {
      id: ids.make("org"),
      name: body.name,
      metadata,
      external_id: body.external_id ?? null,
      stripe_customer_id: null,
      allow_profiles_outside_organization: body.allow_profiles_outside_organization ?? false,
      audit_log_retention_days: null,
      created_at: now,
      updated_at: now,
    };
    return store.write(() => {
      store.organizations.put(organization);
      setDomains(organization.id, domains, context);
      return presentOrganization(organization, context);
    });
  },

  get: ({ id }, context) => presentOrganization(existing(id, context.store.organizations.get(id)), context),

  getByExternalId: ({ external_id }, context) => {
    const found = context.store.organizations.by("external_id", external_id)[0];
    return presentOrganization(existing(external_id, found), context);
  },

  update: (input, context) => {
    const { store, clock, settings } = context;
    const organization = existing(input.id, store.organizations.get(input.id));
    if (input.name !== undefined) checkName(input.name);
    refuseUsed("external_id", input.external_id, input.id, context);
    refuseUsed("stripe_customer_id", input.stripe_customer_id, input.id, context);
    const domains = readDomains(input);
    refuseForeignDomains(domains ?? [], input.id, context);
    const changed: StoredOrganization = {
      ...organization,
      name: input.name ?? organization.name,
      metadata: updatedMetadata(organization.metadata, input.metadata, settings.switches.metadata),
      external_id: input.external_id === undefined ? organization.external_id : input.external_id,
      stripe_customer_id:
        input.stripe_customer_id === undefined ? organization.stripe_customer_id : input.stripe_customer_id,
      allow_profiles_outside_organization:
        input.allow_profiles_outside_organization ?? organization.allow_profiles_outside_organization,
    };
    return store.write(() => {
      const moved = domains !== undefined && setDomains(input.id, domains, context);
      if (!moved && !differs(organization, changed)) return presentOrganization(organization, context);
      const stamped = { ...changed, updated_at: clock.iso() };
      store.organizations.put(stamped);
      return presentOrganization(stamped, context);
    });
  },

  delete: ({ id }, context) => {
    existing(id, context.store.organizations.get(id));
    return new Reply(deleteOrganization(id, context), null);
  },
};

function existing(id: string, organization: StoredOrganization | undefined): StoredOrganization {
  if (organization === undefined) throw notFound("Organization", id);
  return organization;
}

function checkName(name: string): void {
  if (name.trim() !== "") return;
  throw invalidParameters([{ field: "name", code: "required", message: "name must not be empty." }]);
}

function refuseUsed(
  field: "external_id" | "stripe_customer_id",
  value: string | null | undefined,
  except: string | undefined,
  { store }: Context,
): void {
  if (typeof value !== "string") return;
  if (store.organizations.by(field, value).some(({ id }) => id !== except)) throw refuse(400, `${field}_already_used`);
}
