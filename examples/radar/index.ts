import * as workos from "pulumi-workos";

// A scanner that tries passwords, and the network of our own office, which it must never shut out.
const blocked = new workos.RadarListEntry("scanner", {
  type: "ip_address",
  action: "block",
  entry: "203.0.113.7",
});
new workos.RadarListEntry("office", { type: "ip_address", action: "allow", entry: "198.51.100.0/24" });

export const entry = blocked.entry;
