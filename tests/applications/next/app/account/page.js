import { signOut, withAuth } from "@workos-inc/authkit-nextjs";
import { createElement as h } from "react";
import { Organization } from "./organization.js";

async function leave() {
  "use server";
  await signOut({ returnTo: new URL("/", process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI).href });
}

export default async function Account() {
  const { user, role } = await withAuth({ ensureSignedIn: true });
  return h(
    "main",
    null,
    h("p", null, `The account of ${user.email}: ${role ?? "no role"}`),
    h(Organization),
    h("form", { action: leave }, h("button", null, "Sign out")),
  );
}
