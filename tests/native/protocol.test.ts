/** What an engine or a program may ask that no program in YAML does: of an older plugin, or with an older engine. */
import { unknownValue } from "../../provider/declare/unknown";
import { type Grpc, messages, type ProviderMessages } from "../../plugin/protocol";
import { providerService } from "../../plugin/provider";
import { encode } from "../../plugin/values";
import { read } from "../support/repository";

const service = providerService({ version: "0.1.0", schema: () => read("schema/pulumi-workos.json") });

/** Asks as the engine does, without a connection between. */
function ask<Request, Reply>(name: string, request: Request): Promise<Reply> {
  const handler = service[name] as Grpc.handleUnaryCall<Request, Reply>;
  const call = { request } as Grpc.ServerUnaryCall<Request, Reply>;
  return new Promise((resolve, reject) => {
    handler(call, (error, reply) => {
      if (reply) resolve(reply);
      else reject(new Error(error?.details ?? ""));
    });
  });
}

function invoking(token: string, given: object): Promise<ProviderMessages.InvokeResponse> {
  const request = new messages.InvokeRequest();
  request.setTok(token);
  request.setArgs(encode({ ...given }));
  return ask("invoke", request);
}

it("a look-up of what is not known yet asks nobody, and answers what is not known yet", async () => {
  // No settings were given, so that nobody can be asked.
  const found = await invoking("workos:index:getPermission", { slug: unknownValue });
  const answered = found.getReturn()?.toJavaScript() ?? {};
  expect(Object.keys(answered)).toEqual(expect.arrayContaining(["id", "slug", "name"]));
  expect(new Set(Object.values(answered))).toEqual(new Set([unknownValue]));
  const groups = await invoking("workos:index:listGroups", { organizationId: unknownValue });
  expect(groups.getReturn()?.toJavaScript()).toEqual({ groups: unknownValue });
});

it("a look-up and a resource that this version does not have are named, with the remedy", async () => {
  await expect(invoking("workos:index:getMoon", {})).rejects.toThrow(
    "The installed version 0.1.0 of pulumi-workos has no look-up workos:index:getMoon; the program or the stack was written for a newer one. Update the plugin.",
  );
  const request = new messages.CheckRequest();
  request.setUrn("urn:pulumi:test::e2e::workos:index:Moon::moon");
  await expect(ask("check", request)).rejects.toThrow("has no resource workos:index:Moon");
});

it("without a key, the setting that is missing is named", async () => {
  await expect(invoking("workos:index:getPermission", { slug: "posts:read" })).rejects.toThrow("No WorkOS API key");
});

it("nothing is begun any more once the run is cancelled", async () => {
  await ask("cancel", {});
  const request = new messages.CreateRequest();
  request.setUrn("urn:pulumi:test::e2e::workos:index:User::ann");
  request.setProperties(encode({ email: "ann@example.com" }));
  await expect(ask("create", request)).rejects.toThrow("The run was cancelled; nothing further is begun.");
});
