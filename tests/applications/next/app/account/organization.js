"use client";

import { useAuth } from "@workos-inc/authkit-nextjs/components";
import { createElement as h, useState } from "react";

/** By an address of the page, so that the test says where to: `?to=org_…`. */
export function Organization() {
  const { loading, organizationId, refreshAuth } = useAuth();
  const [problem, setProblem] = useState("");
  const change = async () => {
    const to = new URLSearchParams(window.location.search).get("to") ?? undefined;
    const result = await refreshAuth({ organizationId: to });
    setProblem(result?.error ?? "");
  };
  return h(
    "section",
    null,
    h("p", null, loading ? "A moment" : `Organization: ${organizationId ?? "none"}${problem}`),
    h("button", { onClick: change }, "Change organization"),
  );
}
