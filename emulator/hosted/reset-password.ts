/** `/reset-password`: where the link of a password reset leads. */
import { type Context as HonoContext } from "hono";
import { html } from "hono/html";
import { type Context } from "../context";
import { resetPassword } from "../handlers/password-reset";
import { formKey, readForm, reasonOf, show } from "./http";
import { field, form, type Shown } from "./page";

export async function getReset(http: HonoContext): Promise<Response> {
  return show(http, resetPage(formKey(http), undefined));
}

export async function postReset(http: HonoContext, context: Context): Promise<Response> {
  const sent = await readForm(http);
  try {
    await resetPassword(http.req.query("token") ?? "", sent.password ?? "", context);
  } catch (error) {
    return show(http, resetPage(formKey(http), reasonOf(error)), 400);
  }
  return show(http, { title: "Your password is changed", content: html`<p>You can sign in with it now.</p>` });
}

function resetPage(csrf: string, error: string | undefined): Shown {
  return {
    title: "Choose a new password",
    error,
    content: form(
      "reset",
      csrf,
      {},
      html`${field({ name: "password", label: "New password", type: "password", autocomplete: "new-password" })}
        <button>Change password</button>`,
    ),
  };
}
