import fc from "fast-check";
import { z } from "zod";
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { name, word } from "./generators";
import { type Row, type Subject } from "./row";

const path = "/data-integrations/{provider}";
const put = (body: object) => [{ method: "PUT", path, body }];
const custom = { type: "custom" as const, client_id: "client-1", client_secret: "a-long-enough-secret-1" };
const definition = { name: "Tracker", authorizationUrl: "https://t.example/auth", tokenUrl: "https://t.example/token" };
const change =
  (fields: object) =>
  ({ world, inputs }: Subject) =>
    world.api.dataIntegrations.update({ slug: String(inputs.provider), ...fields });
const shape = z.object({ credentials_type: z.string(), client_id: z.string(), client_secret: z.string() }).partial();
const flat = { custom_provider: z.unknown().optional(), ...shape.shape };

export const dataIntegration: Row = {
  inputs: () =>
    Promise.resolve({
      provider: "tracker",
      description: "Where the bugs are",
      enabled: true,
      scopes: ["read", "write"],
      authMethods: ["oauth"],
      config: { account: "acme" },
      credentialsType: "custom",
      clientId: custom.client_id,
      clientSecret: custom.client_secret,
      customProvider: definition,
    }),
  needs: ["credentialsType", "clientId", "clientSecret"],
  fields: {
    provider: { to: "tracker-2", replaces: "create first" },
    description: {
      to: "All bugs",
      sends: put({ description: "All bugs" }),
      removal: put({ description: null }),
      drift: { behind: change({ description: "Else" }), reported: { description: "Else" } },
    },
    enabled: {
      to: false,
      sends: put({ enabled: false }),
      removal: [],
      drift: { behind: change({ enabled: false }), reported: { enabled: false } },
    },
    scopes: {
      to: ["read"],
      sends: put({ scopes: ["read"] }),
      removal: put({ scopes: null }),
      drift: { behind: change({ scopes: ["else"] }), reported: { scopes: ["else"] } },
    },
    authMethods: { to: ["client_credentials"], replaces: "create first" },
    config: { to: { account: "beta" }, replaces: "create first" },
    credentialsType: {
      to: "organization",
      // The rest of them goes with it, as `check` asks for; here it is sent as it is still declared.
      sends: put({ credentials: { ...custom, type: "organization" } }),
      removal: [],
      together: ["clientId", "clientSecret"],
      drift: {
        given: { clientId: undefined, clientSecret: undefined, credentialsType: "organization" },
        behind: change({ credentials: custom }),
        reported: { credentialsType: "custom" },
      },
    },
    clientId: {
      to: "client-2",
      sends: put({ credentials: { ...custom, client_id: "client-2" } }),
      removal: [],
      together: ["credentialsType", "clientSecret"],
      drift: { behind: change({ credentials: { ...custom, client_id: "else" } }), reported: { clientId: "else" } },
    },
    clientSecret: {
      to: "a-long-enough-secret-2",
      sends: put({ credentials: { ...custom, client_secret: "a-long-enough-secret-2" } }),
      removal: [],
      together: ["credentialsType", "clientId"],
    },
    customProvider: {
      to: { ...definition, name: "Tracker 2" },
      sends: put({
        custom_provider: {
          name: "Tracker 2",
          authorization_url: definition.authorizationUrl,
          token_url: definition.tokenUrl,
        },
      }),
      removal: [],
      drift: {
        // One that the vendor knows has no definition to be changed.
        behind: (subject) =>
          subject.state.customProvider === undefined
            ? Promise.resolve()
            : change({ custom_provider: { name: "Else" } })(subject),
        reported: { customProvider: { ...definition, name: "Else" } },
      },
    },
    adopt: { given: { adopt: "never" }, to: "if-exists", sends: [], removal: [] },
    onDestroy: { given: { onDestroy: "retain" }, to: "delete", sends: [], removal: [] },
  },
  touch: async (subject) => {
    await change({ description: "Else" })(subject);
    await change({ description: "Where the bugs are" })(subject);
  },
  end: ({ world, inputs, state }) =>
    world.api.dataIntegrations.delete({ slug: String(inputs.provider ?? state.provider) }),
  deletes: [{ method: "DELETE", path }],
  count: (world) => world.control.state().dataIntegrations.length,
  accepted: { provider: "github", credentialsType: "organization" },
  random: () => ({
    provider: word,
    description: name,
    enabled: fc.boolean(),
    scopes: fc.constantFrom(["read"], ["read", "write"]),
    authMethods: fc.constant(["oauth"]),
    credentialsType: fc.constant("custom"),
    clientId: word,
    clientSecret: fc.constantFrom("a-long-enough-secret-1", "a-long-enough-secret-2"),
  }),
  bodies: {
    create: bodyOf(endpoints.dataIntegrations.create).extend(flat),
    updates: [bodyOf(endpoints.dataIntegrations.update).extend(flat)],
  },
  present: async ({ api }) => {
    const { id } = await api.dataIntegrations.create({ provider: "github", credentials: { type: "organization" } });
    return { id, inputs: { provider: "github", credentialsType: "organization" } };
  },
  everything: [
    {
      provider: "tracker",
      description: "Where the bugs are",
      enabled: true,
      scopes: ["read"],
      authMethods: ["oauth"],
      config: { account: "acme" },
      credentialsType: "custom",
      clientId: custom.client_id,
      clientSecret: custom.client_secret,
      customProvider: definition,
      adopt: "if-exists",
      onDestroy: "delete",
    },
    { provider: "github", credentialsType: "organization" },
  ],
};
