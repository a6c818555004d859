/** A page that signs in by `@workos-inc/authkit-react`, as its readme has it. `settings` is put in by the test. */
import { AuthKitProvider, useAuth } from "@workos-inc/authkit-react";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

function App() {
  const { isLoading, user, role, signIn, signOut, switchToOrganization, organizationId } = useAuth();
  if (isLoading) return createElement("p", null, "A moment");
  if (user === null) {
    return createElement(
      "p",
      null,
      "Nobody is signed in",
      button("Sign in", () => signIn()),
    );
  }
  return createElement(
    "p",
    null,
    `${user.email} is signed in: ${organizationId ?? "no organization"}, ${role ?? "no role"}`,
    button("Switch", () => switchToOrganization({ organizationId: globalThis.settings.organizationId })),
    button("Sign out", () => signOut({ returnTo: `${location.origin}/` })),
  );
}
const button = (name, onClick) => createElement("button", { onClick: () => void onClick() }, name);

const { clientId, apiHostname, port, https, devMode } = globalThis.settings;
createRoot(document.body).render(
  createElement(
    AuthKitProvider,
    { clientId, apiHostname, port, https, devMode, redirectUri: `${location.origin}/` },
    createElement(App),
  ),
);
