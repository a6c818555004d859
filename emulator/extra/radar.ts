/** Radar's verdicts on attempts to sign in. The real one learns; this one goes by its lists and by repetition. */
import { BlockList, isIP } from "node:net";
import { z } from "zod";
import { endpoint } from "../../api/endpoint";
import { foldAddress } from "../../api/address";
import { emailAddress } from "../../api/schemas";
import { type Context } from "../context";
import { ApiError } from "../errors";
import { type StoredRadarAttempt } from "../store/entities";
import { serve, text, word } from "./operation";

const methods = ["Password", "Passkey", "Authenticator", "SMS_OTP", "Email_OTP", "Social", "SSO", "Other"] as const;
const listTypes = ["ip_address", "domain", "email", "user_agent"] as const;
type ListType = (typeof listTypes)[number];

const assessment = z.object({
  verdict: z.enum(["allow", "block", "challenge"]),
  reason: text,
  attempt_id: text,
  control: z.enum(["brute_force_attack", "restriction"]).optional(),
  blocklist_type: z.enum(listTypes).optional(),
});

export const radar = {
  assess: serve(
    endpoint({
      operation: "RadarStandaloneController_assess",
      method: "POST",
      path: "/radar/attempts",
      body: z.object({
        ip_address: word,
        user_agent: text,
        email: emailAddress,
        auth_method: z.enum(methods),
        action: z.enum(["sign-up", "sign-in"]),
        signals_id: z.string().optional(),
      }),
      success: { 200: assessment },
      repeat: "unsafe",
      lane: "write",
    }),
    ({ ip_address, user_agent, email }, context) => {
      const { store, ids, clock } = context;
      const verdict = verdictOn({ ip_address, user_agent, email }, context);
      const now = clock.iso();
      const attempt_id = ids.make("radar_attempt");
      store.write(() => {
        const common = { succeeded: false, created_at: now, updated_at: now };
        store.radarAttempts.put({ id: attempt_id, email, ip_address, verdict: verdict.verdict, ...common });
        const oldest = store.radarAttempts.size > mostAttempts ? store.radarAttempts.ids().at(0) : undefined;
        if (oldest !== undefined) store.radarAttempts.delete(oldest);
      });
      return { ...verdict, attempt_id };
    },
  ),

  update: serve(
    endpoint({
      operation: "RadarStandaloneController_updateRadarAttempt",
      method: "PUT",
      path: "/radar/attempts/{id}",
      body: z.object({
        challenge_status: z.literal("success").optional(),
        attempt_status: z.literal("success").optional(),
      }),
      success: { 204: null },
      repeat: "safe",
      lane: "write",
    }),
    ({ id, attempt_status, challenge_status }, { store, clock }) => {
      const found = store.radarAttempts.get(id);
      if (found === undefined) throw new ApiError(404, { message: `Radar attempt not found: '${id}'.` });
      const succeeded = found.succeeded || (attempt_status ?? challenge_status) === "success";
      store.write(() => store.radarAttempts.put({ ...found, succeeded, updated_at: clock.iso() }));
      return null;
    },
  ),
} as const;

/** The oldest go. */
const mostAttempts = 10_000;
/** So many attempts for one address in so short a time, none of which is said to have succeeded, are too many. */
const repeated = { attempts: 5, withinMs: 10 * 60_000 };

type Asked = Pick<StoredRadarAttempt, "ip_address" | "email"> & { readonly user_agent: string };
type Verdict = Omit<z.output<typeof assessment>, "attempt_id">;

/** Who is let in by a list is let in, whatever else is true. */
function verdictOn(asked: Asked, context: Context): Verdict {
  const allowed = listedAs("allow", asked, context);
  if (allowed !== undefined) return { verdict: "allow", reason: `The ${wordOf(allowed)} is on the allow list.` };
  const blocked = listedAs("block", asked, context);
  if (blocked !== undefined) {
    const reason = `The ${wordOf(blocked)} is on the block list.`;
    return { verdict: "block", reason, control: "restriction", blocklist_type: blocked };
  }
  if (isRepeated(asked, context)) {
    const reason = "There were many attempts for this address in a short time.";
    return { verdict: "challenge", reason, control: "brute_force_attack" };
  }
  return { verdict: "allow", reason: "Nothing speaks against it." };
}

const wordOf = (type: ListType) =>
  ({ ip_address: "IP address", user_agent: "user agent" })[type as "user_agent"] ?? type;

function listedAs(action: "allow" | "block", { ip_address, user_agent, email }: Asked, { store }: Context) {
  const entries = store.radarEntries.all().filter((one) => one.action === action);
  const isOn: Readonly<Record<ListType, (entry: string) => boolean>> = {
    ip_address: (entry) => contains(entry, ip_address),
    domain: (entry) => foldAddress(email).endsWith(`@${entry.toLowerCase()}`),
    email: (entry) => foldAddress(entry) === foldAddress(email),
    user_agent: (entry) => entry === user_agent,
  };
  return listTypes.find((type) => entries.some((one) => one.type === type && isOn[type](one.entry)));
}

function contains(entry: string, address: string): boolean {
  const [network = "", bits] = entry.split("/");
  const family = (of: string) => (isIP(of) === 6 ? "ipv6" : "ipv4");
  if (isIP(network) === 0 || isIP(address) !== isIP(network)) return entry === address;
  const list = new BlockList();
  if (bits === undefined) list.addAddress(network, family(network));
  else list.addSubnet(network, Number(bits), family(network));
  return list.check(address, family(address));
}

function isRepeated({ email }: Asked, { store, clock }: Context): boolean {
  const since = clock.now() - repeated.withinMs;
  const recent = store.radarAttempts
    .by("email", foldAddress(email))
    .filter((one) => Date.parse(one.created_at) > since);
  return recent.length >= repeated.attempts && !recent.some(({ succeeded }) => succeeded);
}
