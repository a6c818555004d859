/** Links that sign somebody in: by the page where they would, at once, or as somebody who looks on. */
import { type VNode } from "preact";
import { useState } from "preact/hooks";
import { type Shown, textOf } from "../kinds";
import { send, useAnswer, usePage } from "./data";
import { type Listed } from "./lists";
import { Code, Dialog } from "./parts";

export function SignInDialog({ user, onClose }: { user: Shown; onClose: () => void }): VNode {
  const page = usePage();
  const { settings } = page;
  const registered =
    useAnswer<Listed>("/_emulator/dashboard/list/redirect-uris?limit=20", ["objects"]).data?.data ?? [];
  const [redirectUri, setRedirectUri] = useState("");
  const [impersonate, setImpersonate] = useState(false);
  const [reason, setReason] = useState("");
  const [link, setLink] = useState("");
  const [problem, setProblem] = useState("");
  const uri = redirectUri || textOf(registered[0]?.uri) || "http://localhost:3000/callback";
  const query = new URLSearchParams({
    ...{ client_id: settings.clientId, redirect_uri: uri, response_type: "code", provider: "authkit" },
    login_hint: String(user.email),
  });
  const make = async (event: Event) => {
    event.preventDefault();
    const impersonator = { email: "developer@local.test", reason: reason || "Looking at it from the dashboard" };
    const body = { redirectUri: uri, ...(impersonate ? { impersonator } : {}) };
    const sent = await send(page, { method: "POST", path: `/_emulator/users/${String(user.id)}/sign-in-link`, body });
    if (!sent.ok) return setProblem(sent.problem);
    setProblem("");
    return setLink(String((sent.body as { url?: unknown }).url));
  };
  return (
    <Dialog title={`Sign in as ${String(user.email)}`} onClose={onClose}>
      <form onSubmit={(event) => void make(event)}>
        <div class="field">
          <label htmlFor="redirect-uri">Where the application takes people back</label>
          <input
            {...{ id: "redirect-uri", type: "url", required: true, value: uri, list: "redirect-uris" }}
            onInput={(event) => setRedirectUri(event.currentTarget.value)}
          />
          <datalist id="redirect-uris">
            {registered.map((one) => (
              <option key={String(one.id)} value={String(one.uri)} />
            ))}
          </datalist>
        </div>
        <label class="tick">
          <input
            {...{ type: "checkbox", checked: impersonate }}
            onChange={(event) => setImpersonate(event.currentTarget.checked)}
          />
          Impersonate: the session says who looks on
        </label>
        {impersonate ? (
          <div class="field">
            <label htmlFor="reason">
              Reason<small> optional</small>
            </label>
            <input {...{ id: "reason", value: reason }} onInput={(event) => setReason(event.currentTarget.value)} />
          </div>
        ) : null}
        {problem === "" ? null : (
          <p role="alert" class="problem">
            {problem}
          </p>
        )}
        <footer>
          <a class="button" href={`/user_management/authorize?${query.toString()}`} target="_blank" rel="noreferrer">
            Open the sign-in page
          </a>
          <button type="submit" class="main">
            {impersonate ? "Make a link to impersonate" : "Make a link that signs in"}
          </button>
        </footer>
      </form>
      {link === "" ? null : (
        <section class="call" aria-label="The link">
          <p>It works once, within ten minutes. The application exchanges its code with the client secret.</p>
          <Code text={link} label="Link" />
          <p>
            <a class="button main" href={link} target="_blank" rel="noreferrer">
              Open the link
            </a>
          </p>
        </section>
      )}
    </Dialog>
  );
}
