import { getSignInUrl, withAuth } from "@workos-inc/authkit-nextjs";
import { redirect } from "next/navigation";
import { createElement as h } from "react";

async function signIn() {
  "use server";
  redirect(await getSignInUrl());
}

export default async function Home() {
  const { user } = await withAuth();
  if (user !== null) return h("p", null, `${user.email} is signed in`);
  return h("form", { action: signIn }, h("p", null, "Nobody is signed in"), h("button", null, "Sign in"));
}
