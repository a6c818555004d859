/** What an entry of a Radar list may be: one rule, for programs and for the local AuthKit. Without zod. */
import { isIP } from "node:net";
import { isAddress } from "./address";

export const radarListTypes = [
  ...(["ip_address", "domain", "email", "device", "user_agent", "device_fingerprint", "country"] as const),
] as const;
export const radarActions = ["block", "allow"] as const;

const formats: Readonly<Record<string, { readonly fits: (entry: string) => boolean; readonly noun: string }>> = {
  ip_address: { fits: isIpAddress, noun: "an IP address, like 203.0.113.7 or 203.0.113.0/24" },
  email: { fits: isAddress, noun: "an email address, like ann@example.com" },
  domain: { fits: (entry) => /^[^\s@/:]+\.[^\s@/:]+$/.test(entry), noun: "a domain, like example.com" },
  country: { fits: (entry) => /^[A-Za-z]{2}$/.test(entry), noun: "a country's code of two letters, like CH" },
};

/** What an entry is not, where it does not fit the type of its list. */
export function radarEntryProblem(type: string, entry: string): string | undefined {
  const format = formats[type];
  return format === undefined || format.fits(entry) ? undefined : `is not ${format.noun}`;
}

function isIpAddress(entry: string): boolean {
  const [address = "", bits, ...rest] = entry.split("/");
  const most = isIP(address) === 4 ? 32 : 128;
  return isIP(address) > 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most));
}
