/** A page that signs in by `@workos-inc/authkit-js`, as its readme has it. `settings` is put in by the test. */
import { createClient } from "@workos-inc/authkit-js";

const { clientId, ...options } = globalThis.settings;
const authkit = await createClient(clientId, { ...options, redirectUri: `${location.origin}/` });
const button = (name, act) => {
  const made = document.createElement("button");
  made.textContent = name;
  made.addEventListener("click", () => void Promise.resolve(act()).then(show));
  document.body.append(made);
};
const line = document.body.appendChild(document.createElement("p"));
async function show() {
  const user = authkit.getUser();
  line.textContent = user === null ? "Nobody is signed in" : `${user.email} is signed in`;
}
button("Sign in", () => authkit.signIn());
button("Sign out", () => authkit.signOut({ returnTo: `${location.origin}/` }));
button("New token", async () => {
  const former = await authkit.getAccessToken();
  line.id = (await authkit.getAccessToken({ forceRefresh: true })) === former ? "same" : "new";
});
await show();
