/** Proxies as other tools have them: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in small letters too. */
import { BlockList, isIP } from "node:net";
import { EnvHttpProxyAgent } from "undici";

type Environment = Readonly<Record<string, string | undefined>>;

const first = (env: Environment, name: string) => env[name.toLowerCase()] ?? env[name] ?? "";

/**
 * The proxy that requests to this address go through; none where no variable names one, or where `NO_PROXY` lists the
 * address.
 * @throws where the variable names no proxy.
 */
export function proxyFor(origin: string, env: Environment = process.env): string | undefined {
  const proxy = proxyIn(env, new URL(origin).protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY");
  return proxy === undefined || isExcluded(origin, env) ? undefined : proxy;
}

/** An agent that goes through the proxies of an environment, for addresses that `proxyFor` finds one for. */
export const proxyAgent = (
  env: Environment = process.env,
  options: Omit<EnvHttpProxyAgent.Options, "httpProxy" | "httpsProxy" | "noProxy"> = {},
) =>
  new EnvHttpProxyAgent({
    ...options,
    httpProxy: proxyIn(env, "HTTP_PROXY") ?? "",
    httpsProxy: proxyIn(env, "HTTPS_PROXY") ?? "",
    noProxy: "",
  });

/** As curl takes it, an address without a scheme is one of http. What was written is not shown: it may hold a password. */
function proxyIn(env: Environment, name: string): string | undefined {
  const given = first(env, name).trim();
  if (given === "") return undefined;
  const address = given.includes("://") ? given : `http://${given}`;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new TypeError(
    `${name} is not the address of an HTTP proxy: write it like http://proxy.example.com:3128, or unset it.`,
  );
}

/**
 * Whether `NO_PROXY` lists an address: by `*`, by a name, which stands for what is below it too (with or without a dot
 * or `*.` before it), by an IP address or a network such as 10.0.0.0/8, each with a port or for every port.
 */
export function isExcluded(origin: string, env: Environment = process.env): boolean {
  const { protocol, hostname, port } = new URL(origin);
  const host = plain(hostname);
  const ownPort = port === "" ? (protocol === "https:" ? "443" : "80") : port;
  return first(env, "NO_PROXY")
    .split(/[,\s]+/)
    .some((entry) => {
      if (entry === "*") return true;
      const [, named = entry, onPort] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(entry) ?? [];
      if (onPort !== undefined && onPort !== ownPort) return false;
      const name = plain(named.replace(/^\*?\./, ""));
      if (name === "") return false;
      return isIP(host) === 0 ? host === name || host.endsWith(`.${name}`) : isInside(host, name);
    });
}

/** Without the brackets of IPv6 and the dot of the root. */
const plain = (host: string) =>
  host
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "")
    .toLowerCase();

function isInside(address: string, network: string): boolean {
  const [base = "", width] = network.split("/");
  const [family, size] = isIP(base) === 6 ? (["ipv6", 128] as const) : (["ipv4", 32] as const);
  const bits = width === undefined ? size : Number(width);
  if (isIP(base) === 0 || isIP(base) !== isIP(address) || !(bits >= 0 && bits <= size)) return false;
  const list = new BlockList();
  list.addSubnet(base, Math.trunc(bits), family);
  return list.check(address, family);
}
