/** `/invite`: where the link of an invitation leads. Looking changes nothing; whoever signs in or up accepts. */
import { type Context as HonoContext } from "hono";
import { html } from "hono/html";
import { foldAddress } from "../../api/address";
import { type Context } from "../context";
import { invitationState } from "../handlers/invitations";
import { rolesOf } from "../handlers/roles";
import { type StoredInvitation } from "../store/entities";
import { act, attempt, type Outcome, resume } from "./flow";
import { addressOf, enter, formKey, peopleHere, readForm, show, visitorOf } from "./http";
import { form, type Html, type Shown } from "./page";
import { nameOf } from "./people";
import { plainRequest, type Request } from "./request";
import { viewPage } from "./steps";

export async function getInvite(http: HonoContext, context: Context): Promise<Response> {
  const invitation = invitationOf(http, context);
  const dead = deadPage(invitation, context);
  if (invitation === undefined || dead !== undefined) return show(http, dead ?? unknownPage, 404);
  return show(http, invitedPage(invitation, requestOf(invitation, http, context), formKey(http), context));
}

export async function postInvite(http: HonoContext, context: Context): Promise<Response> {
  const sent = await readForm(http);
  const invitation = invitationOf(http, context);
  // It is accepted before the last steps of signing in, which bring the token of the ones before.
  const dead = sent.token === undefined ? deadPage(invitation, context) : undefined;
  if (invitation === undefined || dead !== undefined) return show(http, dead ?? unknownPage, 404);
  const request = requestOf(invitation, http, context);
  const person = invitedHere(invitation, request, context);
  const outcome: Outcome =
    sent.action === "accept" && person !== undefined
      ? attempt(() => resume(person, request, context), request, context)
      : await act(sent, request, context, visitorOf(http));
  if ("view" in outcome) {
    const asking = { request, csrf: formKey(http), context };
    return show(http, viewPage(outcome.view, asking, outcome.problem));
  }
  enter(http, outcome.signedIn, context);
  return show(http, acceptedPage(invitation, context));
}

const invitationOf = (http: HonoContext, { store }: Context): StoredInvitation | undefined =>
  store.invitations.by("token", http.req.query("invitation_token") ?? "")[0];

function requestOf(invitation: StoredInvitation, http: HonoContext, context: Context): Request {
  return {
    ...plainRequest,
    clientId: context.clientId,
    application: context.pages.applicationName,
    invitationToken: invitation.token,
    askedAt: addressOf(http),
    people: peopleHere(http, context),
  };
}

const invitedHere = ({ email }: StoredInvitation, { people }: Request, { store }: Context) =>
  people.find(({ user_id }) => foldAddress(store.users.get(user_id)?.email ?? "") === foldAddress(email));

const whereOf = ({ organization_id }: StoredInvitation, { store, pages }: Context): string | undefined =>
  store.organizations.get(organization_id ?? "")?.name ?? pages.applicationName;

function invitedPage(invitation: StoredInvitation, request: Request, csrf: string, context: Context): Shown {
  const { store } = context;
  const { email, organization_id: organizationId, role_slug: slug } = invitation;
  const where = whereOf(invitation, context);
  const inviter = store.users.get(invitation.inviter_user_id ?? "");
  const role = rolesOf(organizationId ?? "", context).find((one) => one.slug === slug)?.name ?? slug;
  const by = inviter === undefined ? "You have been invited" : `${nameOf(inviter) || inviter.email} has invited you`;
  const to = where === undefined ? "" : html` to <strong>${where}</strong>`;
  const hasAccount = store.users.by("email", foldAddress(email)).some(({ password }) => password !== null);
  return {
    title: where === undefined ? "You are invited" : `Join ${where}`,
    mark: where,
    lead: html`${by}${to}${role === null ? "" : html` as <strong>${role}</strong>`}.`,
    content: html`<p>The invitation is for <strong>${email}</strong>.</p>
      ${ways(invitedHere(invitation, request, context) !== undefined, hasAccount, email, csrf)}`,
  };
}

function ways(isHere: boolean, hasAccount: boolean, email: string, csrf: string): Html {
  if (isHere) return form("accept", csrf, {}, html`<button autofocus>Accept invitation</button>`);
  const signUp = form(
    "to-sign-up",
    csrf,
    {},
    html`<button class="${hasAccount ? "other" : ""}">Create an account</button>`,
  );
  const signIn = form(
    "to-sign-in",
    csrf,
    { email },
    html`<button class="${hasAccount ? "" : "other"}">Sign in</button>`,
  );
  return hasAccount ? html`${signIn}` : html`${signUp} ${signIn}`;
}

function acceptedPage(invitation: StoredInvitation, context: Context): Shown {
  const where = whereOf(invitation, context);
  const home = context.store.redirectUris.all().find((one) => one.default)?.uri;
  const origin = home !== undefined && /^https?:[^*]*$/.test(home) ? new URL(home).origin : undefined;
  return {
    title: where === undefined ? "Welcome" : `Welcome to ${where}`,
    mark: where,
    lead: html`You are signed in as <strong>${invitation.email}</strong>.`,
    content:
      origin === undefined
        ? html`<p>You can close this page and go to the application.</p>`
        : html`<p><a class="button" href="${origin}">Go to the application</a></p>`,
  };
}

const unknownPage: Shown = {
  title: "This invitation does not work",
  lead: "There is no invitation with this link.",
  content: html`<p>It may have been sent again since: use the link of the latest mail.</p>`,
};

/** Nothing for an invitation that can be accepted. */
function deadPage(invitation: StoredInvitation | undefined, context: Context): Shown | undefined {
  const state = invitation && invitationState(invitation, context);
  if (state === undefined || state === "pending") return undefined;
  const reasons = {
    accepted: ["It was accepted already.", "Sign in to the application."],
    revoked: ["It was taken back.", "Ask whoever invited you for a new one."],
    expired: ["It has expired.", "Ask whoever invited you for a new one."],
  } as const;
  const [lead, remedy] = reasons[state];
  return { title: "This invitation does not work any more", lead, content: html`<p>${remedy}</p>` };
}
