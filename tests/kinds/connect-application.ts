import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { organizationNamed } from "../lifecycle/support/people";
import { bodyOf } from "./body-of";
import { distinct, name } from "./generators";
import { type Inputs } from "../../provider/declare/resource";
import { type World } from "../support/world";
import { type Row, type Subject } from "./row";

const { update } = endpoints.connectApplications;
const path = "/connect/applications/{id}";
const put = (body: object) => [{ method: "PUT", path, body }];
const change =
  (fields: Omit<Parameters<Subject["world"]["api"]["connectApplications"]["update"]>[0], "id">) =>
  ({ world, id }: Subject) =>
    world.api.connectApplications.update({ id, ...fields });
const wiki = { uri: "https://wiki.example.com/callback", default: true };
const local = { uri: "http://localhost:3000/callback" };

/** An application that nobody has declared yet. */
async function there({ api }: World, inputs: Inputs): Promise<Inputs> {
  const { id } = await api.connectApplications.create({
    name: "Wiki",
    application_type: "oauth",
    organization_id: String(inputs.organizationId),
    is_first_party: false,
    uses_pkce: true,
  });
  return { adoptId: id };
}

export const connectApplication: Row = {
  inputs: async (world) => ({
    name: "Wiki",
    applicationType: "oauth",
    organizationId: await organizationNamed(world, "Acme"),
    isFirstParty: false,
    usesPkce: true,
    description: "What everybody knows",
    scopes: ["openid", "profile"],
    redirectUris: [wiki, { ...local, default: false }],
  }),
  fields: {
    name: {
      to: "Handbook",
      sends: put({ name: "Handbook" }),
      drift: { behind: change({ name: "Else" }), reported: { name: "Else" } },
    },
    applicationType: { to: "m2m", replaces: "create first" },
    organizationId: { to: (world) => organizationNamed(world, "Other"), replaces: "create first" },
    isFirstParty: { to: true, replaces: "create first" },
    usesPkce: { to: false, replaces: "create first" },
    description: {
      to: "All of it",
      sends: put({ description: "All of it" }),
      removal: put({ description: null }),
      drift: { behind: change({ description: "Else" }), reported: { description: "Else" } },
    },
    scopes: {
      to: ["openid"],
      sends: put({ scopes: ["openid"] }),
      removal: put({ scopes: [] }),
      drift: { behind: change({ scopes: ["email"] }), reported: { scopes: ["email"] } },
    },
    redirectUris: {
      to: [local],
      sends: put({ redirect_uris: [local] }),
      removal: put({ redirect_uris: [] }),
      drift: {
        behind: change({ redirect_uris: [{ uri: "https://else.example.com/" }] }),
        reported: { redirectUris: [{ uri: "https://else.example.com/", default: true }] },
      },
    },
    // It counts when the resource is created, and never again.
    adoptId: { given: there, to: "conn_app_other", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: async (subject) => {
    await change({ name: "Else" })(subject);
    await change({ name: "Wiki" })(subject);
  },
  end: ({ world, id }) => world.api.connectApplications.delete({ id }),
  deletes: [{ method: "DELETE", path }],
  count: (world) => world.control.state().applications.length,
  accepted: { name: "Wiki", applicationType: "oauth" },
  random: (ids) => ({
    name,
    applicationType: fc.constant("oauth"),
    organizationId: fc.constantFrom(...ids.organizations),
    isFirstParty: fc.constant(false),
    usesPkce: fc.boolean(),
    description: name,
    scopes: distinct(fc.constantFrom("openid", "profile", "email", "posts:read"), 0),
    redirectUris: distinct(fc.constantFrom(wiki.uri, local.uri, "app.example:/back"), 0).map((uris) =>
      uris.map((uri) => ({ uri })),
    ),
  }),
  bodies: {
    // Which of them belong to which kind is for `check`.
    create: bodyOf(update).extend({
      name: z.string(),
      application_type: z.enum(["oauth", "m2m"]),
      ...{ organization_id: z.string().optional(), is_first_party: z.boolean().optional() },
      uses_pkce: z.boolean().optional(),
    }),
    updates: [bodyOf(update)],
  },
  everything: [
    {
      name: "Wiki",
      applicationType: "oauth",
      organizationId: "Organization0.id",
      isFirstParty: false,
      usesPkce: true,
      description: "What everybody knows",
      scopes: ["openid"],
      redirectUris: [wiki],
    },
    { name: "CI", applicationType: "m2m", organizationId: "Organization0.id" },
  ],
};
