import { endpoints } from "../../../api/endpoints/index";
import { type ContractRun } from "./contract-run";

const redirect_uri = "http://127.0.0.1:9/callback";

/** Sends a person to the system of one's own; answers what that system is told. */
export async function beginExternalLogin(
  run: ContractRun,
  fields: { readonly is_first_party?: boolean; readonly organization_id?: string } = {},
): Promise<string> {
  run.control.switches.set({ loginUri: "http://127.0.0.1:9/login" });
  const redirect_uris = [{ uri: redirect_uri }];
  const app = { name: "Wiki", application_type: "oauth" as const, is_first_party: true, redirect_uris, ...fields };
  const { client_id } = await run.call(endpoints.connectApplications.create, app, 201);
  const asked = new URLSearchParams({ client_id, redirect_uri, response_type: "code" });
  const there = await fetch(`${run.emulator.url}/oauth2/authorize?${asked.toString()}`, { redirect: "manual" });
  const id = new URL(there.headers.get("location") ?? redirect_uri).searchParams.get("external_auth_id");
  if (id === null) throw new Error(`nobody was sent to the Login URI: ${await there.text()}`);
  return id;
}

/** What a person has to choose from. */
export const consentOption = (claim: string) => ({
  ...{ claim, type: "enum" as const, label: "Tenant", choices: [{ value: "one", label: "One" }] },
});
