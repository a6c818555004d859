/**
 * By which a Connect application proves that it is the one. Operations: `ApplicationCredentialsController` in the
 * vendor's specification, which has no operation that gets one secret, and gives none an end.
 */
import type { Api, ClientSecretObject } from "../../api";
import { ended, undefinedIfMissing } from "../../api/http/missing";
import type { HookContext } from "../context";
import { fieldsOf } from "../declare/fields";
import { type Failure, type InputValues, type Recorded, resourceOf } from "../declare/resource";
import { durationMs, idOf } from "../declare/shapes";
import { oneLine } from "../wording";
import { deliver, keepers, ofNoUseOnceLost, oneTarget, overlap, overlapMs } from "./rotation";

/** The vendor's answers do not repeat whose secret it is, and only the first has the secret itself. */
type SecretObject = ClientSecretObject & { readonly application_id: string; readonly secret?: string };

const { required, output } = fieldsOf<SecretObject>();

/** The run waits for it. */
const longestOverlap = "60m";

const inputs = {
  /** Id of the application (`conn_app_…`). Another one replaces the secret. */
  applicationId: required(idOf("conn_app_"), { immutable: true }),
  /** Any values: when one changes, the secret is replaced by a new one. */
  keepers,
  /**
   * How long the old secret lives on once everything in the program that takes the new one has been changed, as in
   * `5m`: at most `60m`, since the vendor gives secrets no end, so that the run waits. Default: it ends at once, as it
   * always does when the secret is removed from the program.
   */
  overlap,
  /**
   * Hands a new secret to a file (mode 0600) or to a command's standard input, before an old one is touched, and keeps it
   * out of the state: there is no `secret` output then. Another target replaces the secret.
   */
  deliver,
};

const outputs = {
  /** The secret itself, a secret output. The vendor tells it once, when it is made. None where `deliver` took it. */
  secret: output<string>({ secret: true, createOnly: true }),
  /** The last characters of the secret. */
  secretHint: output<string>(),
  /** When the secret was last used (RFC 3339), as of the last change made or found; not refreshed by itself. */
  lastUsedAt: output<string | undefined>({ volatile: true }),
  /** When the secret was created (RFC 3339). */
  createdAt: output<string>(),
  /** When the secret last changed (RFC 3339), as of the last change made or found. */
  updatedAt: output<string>({ volatile: true, otherwise: ({ createdAt }) => createdAt }),
};

type Values = InputValues<typeof inputs>;
type Outputs = Recorded<typeof inputs, typeof outputs>;

export const connectApplicationSecret = resourceOf<SecretObject>()({
  kind: "ConnectApplicationSecret",
  noun: "client secret",
  importedBy: ["applicationId", "id"],
  inputs,
  outputs,
  label: ({ applicationId }) => `of ${applicationId}`,
  together: (given) => [...oneTarget(given), ...tooLong(given)],

  async create({ api, body: { application_id } }) {
    return ofApplication(application_id, await api.connectApplications.createSecret({ id: application_id }));
  },
  // Several may be there, and nothing but their age tells one from another.
  lookBefore: () => undefined,
  lostAnswer: ({ applicationId }) => ({
    find: (api) => secretsOf(api, applicationId),
    // Nobody can have used a secret that was lost on the way.
    canBeOurs: ({ last_used_at }) => last_used_at === null,
    discard: (api, { id }) => api.connectApplications.deleteSecret({ id }).catch(undefinedIfMissing),
    ...ofNoUseOnceLost({ noun: "client secret", which: `of ${applicationId}`, one: "a secret of it" }),
  }),
  list: {
    group: ({ applicationId }) => applicationId,
    page: async (api, { applicationId }) => ({
      data: await secretsOf(api, applicationId),
      list_metadata: { after: null },
    }),
    eager: true,
  },
  async get(api, id, { applicationId }) {
    const secrets = await secretsOf(api, applicationId).catch(undefinedIfMissing);
    return secrets?.find((secret) => secret.id === id);
  },
  updates: [],
  // Where the secret was delivered it is nowhere else: another target needs another secret.
  replacedBy: ({ secret }) => (secret === undefined ? ["deliver"] : []),
  delivers: { input: "deliver", output: "secret", noun: "client secret" },
  delete: end,
});

const ofApplication = <S extends ClientSecretObject>(application_id: string, secret: S) => ({
  ...secret,
  application_id,
});

const secretsOf = async (api: Api, applicationId: string): Promise<SecretObject[]> =>
  (await api.connectApplications.listSecrets({ id: applicationId })).map((one) => ofApplication(applicationId, one));

function tooLong({ overlap: wanted }: Partial<Values>): Failure<"overlap">[] {
  return wanted !== undefined && durationMs(wanted) > durationMs(longestOverlap)
    ? [
        {
          property: "overlap",
          reason: `must be at most ${longestOverlap}, since WorkOS gives client secrets no end and the run waits; for longer, declare two secrets and remove the old one later`,
        },
      ]
    : [];
}

/** In a replacement that wants an overlap the run waits, since the vendor gives secrets no end. */
async function end(context: HookContext, id: string, { applicationId, secretHint }: Outputs): Promise<"gone"> {
  const { api, clock, messages, replacing } = context;
  const wait = overlapMs(context, id);
  if (wait !== undefined) await clock.sleep(wait);
  const deleted = await ended(api.connectApplications.deleteSecret({ id }));
  const application = await api.connectApplications.get({ id: applicationId }).catch(undefinedIfMissing);
  const whose = application ? `"${oneLine(application.name)}" (${application.client_id})` : applicationId;
  const which = `client secret …${secretHint} of the application ${whose}`;
  if (!deleted) {
    messages.say(`The ${which} was deleted already.`);
    return "gone";
  }
  const left = (await secretsOf(api, applicationId).catch(undefinedIfMissing)) ?? [];
  const rest = application && left.length === 0 ? ", and it has no other" : "";
  messages.say(`The ${replacing.has(id) ? "old " : ""}${which} no longer works${rest}.`);
  return "gone";
}
