// What the plugin says reaches the engine: over gRPC, to a server that keeps what it is told.
import { aboutResource, engineLog } from "../../plugin/engine-log";
import { EmptyMessage, engineServices, grpc } from "../../plugin/protocol";

interface Line {
  readonly message: string;
  readonly urn: string;
  readonly ephemeral: boolean;
}

const lines: Line[] = [];
let address: string;
let server: InstanceType<typeof grpc.Server>;

beforeAll(async () => {
  server = new grpc.Server();
  type Request = { request: { getMessage(): string; getUrn(): string; getEphemeral(): boolean } };
  server.addService(
    { log: engineServices.EngineService.log },
    {
      log: ({ request }: Request, answer: (error: null, reply: unknown) => void) => {
        lines.push({ message: request.getMessage(), urn: request.getUrn(), ephemeral: request.getEphemeral() });
        answer(null, new EmptyMessage());
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  address = `127.0.0.1:${port}`;
});
afterAll(() => server.forceShutdown());

test("a line that stays, and a status that the next one replaces, stand beside the resource that they are about", async () => {
  const { print, status } = engineLog(address);
  await aboutResource("urn:pulumi:dev::access::workos:index:OrganizationRoster::acme", async () => {
    status("250 of 1,000 people are done, about 30 s left.");
    await print("Applied to Acme: 1,000 changes, 0 unchanged");
  });
  const urn = "urn:pulumi:dev::access::workos:index:OrganizationRoster::acme";
  expect(lines).toEqual([
    { message: "250 of 1,000 people are done, about 30 s left.", urn, ephemeral: true },
    { message: "Applied to Acme: 1,000 changes, 0 unchanged", urn, ephemeral: false },
  ]);
});

test("an engine that is gone is no reason to fail", async () => {
  const { print, status } = engineLog("127.0.0.1:1");
  status("nobody sees it");
  await expect(print("nobody reads it")).resolves.toBeUndefined();
});
