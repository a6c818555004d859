/** The device flow (RFC 8628): a program without a browser asks, a person answers on another device. */
import { randomInt } from "node:crypto";
import { type DeviceAuthorizationObject } from "../../api/schemas";
import { type Caller, type Context } from "../context";
import { oauthError } from "../errors";
import { isExpired } from "../handlers/present";
import { type ConnectRequest, type SignInMethod, type StoredDevice } from "../store/auth-entities";
import { knownClient } from "./clients";
import { forgetExpired, hashOf, lifetimes, newToken } from "./secrets";
import { type NewSession } from "./sessions";
import { callerFields } from "./sign-in";

const intervalSeconds = 5;
/** Without letters and digits that look alike, and without vowels, so that no words come out. */
const alphabet = "BCDFGHJKLMNPQRSTVWXZ";

export function startDevice(clientId: string, context: Context, connect?: ConnectRequest): DeviceAuthorizationObject {
  const { store, ids, clock, url } = context;
  knownClient(clientId, context);
  const deviceCode = newToken();
  const user_code = freeUserCode(context);
  store.write(() => {
    forgetExpired(store.devices, context);
    store.devices.put({
      id: ids.make("device"),
      device_hash: hashOf(deviceCode),
      user_code,
      client_id: clientId,
      state: "pending",
      user_id: null,
      organization_id: null,
      method: "Password",
      expires_at: new Date(clock.now() + lifetimes.deviceCode).toISOString(),
      polled_at: null,
      interval: intervalSeconds,
      ...(connect === undefined ? {} : { connect }),
    });
  });
  return {
    device_code: deviceCode,
    user_code,
    verification_uri: `${url}/activate`,
    verification_uri_complete: `${url}/activate?user_code=${user_code}`,
    expires_in: lifetimes.deviceCode / 1000,
    interval: intervalSeconds,
  };
}

interface DeviceInput {
  readonly client_id: string;
  readonly device_code: string;
  readonly ip_address?: string;
  readonly user_agent?: string;
}

/** One poll: the session to make once the person has agreed, and until then the error that says what to do. */
export function deviceGrant(input: DeviceInput, caller: Caller, context: Context): NewSession {
  const { store, clock } = context;
  const device = store.devices.by("device", hashOf(input.device_code))[0];
  if (device?.client_id !== input.client_id || device.state === "used") {
    throw oauthError("invalid_grant", "The device code is invalid.");
  }
  if (device.state === "denied") throw oauthError("access_denied", "The person denied the request.");
  if (isExpired(device.expires_at, clock.now())) throw oauthError("expired_token", "The device code has expired.");
  const now = clock.now();
  if (device.state === "approved" && device.user_id !== null) {
    store.write(() => store.devices.put({ ...device, state: "used" }));
    const { user_id, organization_id, client_id, method, connect } = device;
    const asked = connect === undefined ? {} : { connect };
    return { user_id, organization_id, client_id, method, ...asked, ...callerFields(input, caller) };
  }
  const soon = device.polled_at !== null && now - device.polled_at < device.interval * 1000;
  // As the RFC says, polling too fast costs five seconds more from then on.
  const interval = soon ? device.interval + intervalSeconds : device.interval;
  store.write(() => store.devices.put({ ...device, polled_at: now, interval }));
  throw soon
    ? oauthError("slow_down", `Poll at most every ${interval} seconds.`)
    : oauthError("authorization_pending", "The person has not answered yet.");
}

/** A request that still waits for its answer. Case and the dash do not matter: a person types the code. */
export function waitingDevice(userCode: string, { store, clock }: Context): StoredDevice | undefined {
  const letters = userCode.toUpperCase().replace(/[^A-Z]/g, "");
  const device = store.devices.by("user_code", `${letters.slice(0, 4)}-${letters.slice(4)}`)[0];
  return device?.state === "pending" && !isExpired(device.expires_at, clock.now()) ? device : undefined;
}

interface Approval {
  readonly user_id: string;
  readonly organization_id: string | null;
  readonly method: SignInMethod;
}

/** The person's answer: who agreed, or nobody. */
export function answerDevice(device: StoredDevice, approval: Approval | undefined, { store }: Context): void {
  const answered: StoredDevice = approval
    ? { ...device, ...approval, state: "approved" }
    : { ...device, state: "denied" };
  store.write(() => store.devices.put(answered));
}

function freeUserCode({ store }: Context): string {
  for (;;) {
    const letters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)] ?? "B").join("");
    const code = `${letters.slice(0, 4)}-${letters.slice(4)}`;
    if (store.devices.idsBy("user_code", code).size === 0) return code;
  }
}
