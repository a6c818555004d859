/** `/activate`: where a person answers a program that asked by the device flow. */
import { type Context as HonoContext } from "hono";
import { html } from "hono/html";
import { findClient } from "../auth/clients";
import { answerDevice, waitingDevice } from "../auth/devices";
import { keepSignIn } from "../auth/sign-in";
import { type Context } from "../context";
import { requireUser } from "../handlers/users";
import { type StoredDevice } from "../store/auth-entities";
import { act, attempt, firstView, kept, type Outcome, resume, type SignedIn } from "./flow";
import { addressOf, enter, formKey, peopleHere, readForm, show, visitorOf } from "./http";
import { field, form, type Shown, somebodyElse } from "./page";
import { plainRequest, type Request } from "./request";
import { viewPage } from "./steps";

export async function getActivate(http: HonoContext, context: Context): Promise<Response> {
  const code = http.req.query("user_code");
  if (code === undefined) return show(http, codePage("", undefined));
  const device = waitingDevice(code, context);
  if (device === undefined) return show(http, codePage(code, wrongCode), 404);
  const request = requestOf(device, http, context);
  const [person] = request.people;
  const outcome: Outcome =
    person === undefined
      ? { view: firstView(request, context) }
      : attempt(() => resume(person, request, context), request, context);
  return answer(http, device, request, outcome, context);
}

export async function postActivate(http: HonoContext, context: Context): Promise<Response> {
  const sent = await readForm(http);
  const code = http.req.query("user_code") ?? "";
  const device = waitingDevice(code, context);
  if (device === undefined) return show(http, codePage(code, wrongCode), 404);
  const request = requestOf(device, http, context);
  if (sent.action !== "allow" && sent.action !== "deny") {
    const outcome = await act(sent, request, context, visitorOf(http));
    if ("signedIn" in outcome) enter(http, outcome.signedIn, context);
    return answer(http, device, request, outcome, context);
  }
  const outcome = attempt(() => kept(sent, request, context), request, context);
  if ("view" in outcome) return answer(http, device, request, outcome, context);
  answerDevice(device, sent.action === "allow" ? outcome.signedIn : undefined, context);
  const content = html`<p>You can close this page and go back to your device.</p>`;
  return show(http, { title: sent.action === "allow" ? "You are signed in" : "Denied", content });
}

/** The next page of signing in, or the question itself. */
function answer(http: HonoContext, device: StoredDevice, request: Request, outcome: Outcome, context: Context) {
  const csrf = formKey(http);
  return "view" in outcome
    ? show(http, viewPage(outcome.view, { request, csrf, context }, outcome.problem))
    : show(http, confirmPage(device, outcome.signedIn, csrf, context));
}

const wrongCode = "This code is wrong or has expired. Type the one that your device shows now.";

/** The code goes into the address, which every page from here on posts to. */
function codePage(code: string, wrong: string | undefined): Shown {
  const problem = wrong === undefined ? undefined : { message: wrong, field: "user_code" };
  const asked = { name: "user_code", label: "Code shown on your device", autocomplete: "off", value: code };
  return {
    title: "Connect a device",
    problem,
    content: html`<form method="get">${field({ ...asked, focus: true, problem })} <button>Continue</button></form>`,
  };
}

function confirmPage(device: StoredDevice, signedIn: SignedIn, csrf: string, context: Context): Shown {
  const name = nameOf(device, context) ?? "a device";
  const token = keepSignIn(signedIn, context);
  return {
    title: `Sign in on ${name}?`,
    lead: html`You are <strong>${requireUser(signedIn.user_id, context).email}</strong>.`,
    content: html`<p>Go on only if your device shows the code <strong class="user-code">${device.user_code}</strong></p>
      ${form("allow", csrf, { token }, html`<button>Allow</button>`)}
      ${form("deny", csrf, { token }, html`<button class="other">Deny</button>`)} ${somebodyElse(csrf)}`,
  };
}

const nameOf = (device: StoredDevice, context: Context): string | undefined =>
  findClient(device.client_id, context)?.application?.name ?? context.pages.applicationName;

const requestOf = (device: StoredDevice, http: HonoContext, context: Context): Request => ({
  ...plainRequest,
  clientId: device.client_id,
  application: nameOf(device, context),
  askedAt: addressOf(http),
  people: peopleHere(http, context),
});
