/** Proxies as other tools have them: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in small letters too. */
import { EnvHttpProxyAgent } from "undici";

type Environment = Readonly<Record<string, string | undefined>>;

const first = (env: Environment, name: string) => env[name.toLowerCase()] ?? env[name];

/** Whether requests to this address go through a proxy. `NO_PROXY` is left to the agent. */
export function proxyFor(origin: string, env: Environment = process.env): string | undefined {
  const proxy = first(env, origin.startsWith("https:") ? "HTTPS_PROXY" : "HTTP_PROXY");
  return proxy === undefined || proxy.trim() === "" ? undefined : proxy;
}

/** An agent that goes through the proxies of an environment, but for what `NO_PROXY` lists. */
export const proxyAgent = (
  env: Environment = process.env,
  options: Omit<EnvHttpProxyAgent.Options, "httpProxy" | "httpsProxy" | "noProxy"> = {},
) =>
  new EnvHttpProxyAgent({
    ...options,
    httpProxy: first(env, "HTTP_PROXY") ?? "",
    httpsProxy: first(env, "HTTPS_PROXY") ?? "",
    noProxy: first(env, "NO_PROXY") ?? "",
  });
