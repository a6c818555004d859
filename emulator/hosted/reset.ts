/** `/reset-password`: where the link of a password reset leads. */
import { type Context as HonoContext } from "hono";
import { html } from "hono/html";
import { type Context } from "../context";
import { resetPassword, usableReset } from "../handlers/password-reset";
import { formKey, problemOf, readForm, show } from "./http";
import { field, form, type Problem, type Shown } from "./page";

export async function getReset(http: HonoContext, context: Context): Promise<Response> {
  const token = http.req.query("token") ?? "";
  try {
    const { user } = usableReset(token, context);
    return show(http, resetPage(formKey(http), user.email));
  } catch (error) {
    return show(http, deadPage(problemOf(error)), 400);
  }
}

export async function postReset(http: HonoContext, context: Context): Promise<Response> {
  const sent = await readForm(http);
  const token = http.req.query("token") ?? "";
  const [reset] = context.store.passwordResets.by("token", token);
  try {
    await resetPassword(token, sent.password ?? "", context);
  } catch (error) {
    const problem = problemOf(error);
    const page =
      problem.field === "password" ? resetPage(formKey(http), reset?.email ?? "", problem) : deadPage(problem);
    return show(http, page, 400);
  }
  return show(http, {
    title: "Your password is changed",
    lead: "You can sign in with it now. Whoever was signed in with the old one is signed out.",
    content:
      reset?.asked_at === undefined
        ? html``
        : html`<p><a class="button" href="${withEmail(reset.asked_at, reset.email)}">Continue to sign in</a></p>`,
  });
}

/** Back to where the person asked for the mail, as the one who asked. */
function withEmail(address: string, email: string): string {
  const { pathname, searchParams } = new URL(address, "http://here");
  if (pathname.endsWith("/authorize")) searchParams.set("login_hint", email);
  return `${pathname}?${searchParams.toString()}`;
}

function resetPage(csrf: string, email: string, problem?: Problem): Shown {
  return {
    title: "Choose a new password",
    lead: html`for <strong>${email}</strong>`,
    problem,
    content: form(
      "reset",
      csrf,
      // By this a password manager knows whose it is.
      { email },
      html`${field({
          ...{ name: "password", label: "New password", type: "password", autocomplete: "new-password" },
          ...{ hint: "At least 10 characters.", focus: true, problem },
        })} <button>Change password</button>`,
    ),
  };
}

const deadPage = (problem: Problem): Shown => ({
  title: "This link does not work any more",
  problem,
  content: html`<p>Ask for a new one by “Forgot password?” where you sign in.</p>`,
});
