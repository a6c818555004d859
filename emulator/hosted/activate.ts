/** `/activate`: where a person answers a program that asked by the device flow. */
import { type Context as HonoContext } from "hono";
import { html } from "hono/html";
import { findClient } from "../auth/clients";
import { answerDevice, waitingDevice } from "../auth/devices";
import { keepSignIn } from "../auth/sign-in";
import { type Context } from "../context";
import { type StoredDevice } from "../store/auth-entities";
import { act, advance, firstView, kept, type Outcome, type Request } from "./flow";
import { formKey, readForm, reasonOf, show, visitorOf } from "./http";
import { field, form, type Shown } from "./page";
import { viewPage } from "./steps";

export async function getActivate(http: HonoContext, context: Context): Promise<Response> {
  const code = http.req.query("user_code");
  if (code === undefined) return show(http, codePage(undefined));
  const device = waitingDevice(code, context);
  if (device === undefined) return show(http, codePage("This code is wrong or has expired."), 404);
  return show(http, viewPage(firstView(requestOf(device), context), formKey(http), undefined));
}

export async function postActivate(http: HonoContext, context: Context): Promise<Response> {
  const sent = await readForm(http);
  const device = waitingDevice(http.req.query("user_code") ?? "", context);
  if (device === undefined) return show(http, codePage("This code is wrong or has expired."), 404);
  const request = requestOf(device);
  const answering = sent.action === "allow" || sent.action === "deny";
  let outcome: Outcome;
  try {
    outcome = answering
      ? advance(kept(sent, request, context), context)
      : await act(sent, request, context, visitorOf(http));
  } catch (error) {
    outcome = { view: firstView(request, context), error: reasonOf(error) };
  }
  if ("view" in outcome) return show(http, viewPage(outcome.view, formKey(http), outcome.error));
  if (!answering) return show(http, confirmPage(device, keepSignIn(outcome.signedIn, context), formKey(http), context));
  answerDevice(device, sent.action === "allow" ? outcome.signedIn : undefined, context);
  const content = html`<p>You can close this page and go back to your device.</p>`;
  return show(http, { title: sent.action === "allow" ? "You are signed in" : "Denied", content });
}

/** The code goes into the address, which every page from here on posts to. */
function codePage(error: string | undefined): Shown {
  return {
    title: "Connect a device",
    error,
    content: html`<form method="get">
      ${field({ name: "user_code", label: "Code shown on your device", autocomplete: "off" })}
      <button>Continue</button>
    </form>`,
  };
}

function confirmPage(device: StoredDevice, token: string, csrf: string, context: Context): Shown {
  const name = findClient(device.client_id, context)?.application?.name ?? "a device";
  return {
    title: `Sign in on ${name}?`,
    content: html`<p>Go on only if your device shows the code <strong>${device.user_code}</strong>.</p>
      ${form("allow", csrf, { token }, html`<button>Allow</button>`)}
      ${form("deny", csrf, { token }, html`<button class="other">Deny</button>`)}`,
  };
}

const requestOf = (device: StoredDevice): Request => ({
  clientId: device.client_id,
  organizationId: null,
  invitationToken: undefined,
  loginHint: "",
  signUpFirst: false,
  provider: undefined,
});
