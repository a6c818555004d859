import { AuthKitProvider } from "@workos-inc/authkit-nextjs/components";
import { createElement as h } from "react";

export default function Layout({ children }) {
  return h("html", { lang: "en" }, h("body", null, h(AuthKitProvider, null, children)));
}
