import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { createApi } from "../provider/api";
test("happy", async () => {
  const u = { object: "user", id: "user_1", email: "a@b.c", email_verified: false, created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z" };
  const s = createServer((req, res) => {
    console.log(req.method, req.url, req.headers);
    if (req.url!.includes("user_9")) { res.writeHead(401); res.end(); return; }
    if (req.method === "POST") { res.writeHead(400); res.end(JSON.stringify({code:"user_creation_error", message:"bad sk_test_123", errors:[{code:"email_not_available", field:"email"}]})); return; }
    res.end(JSON.stringify(req.url!.startsWith("/x/user_management/users?") ? { object: "list", data: [u], list_metadata: {} } : u));
  }).listen(0);
  const api = createApi({ apiKey: "sk_test_1", baseUrl: `http://127.0.0.1:${(s.address() as AddressInfo).port}/x/` });
  const user = await api.users.get({ id: "user_1" });
  const email: string = user.email;
  for await (const x of api.users.list({ email })) console.log(x.id);
  const page = await api.users.list();
  console.log(page.hasMore, page.data.length);
  await api.users.create({ email: "a@b.c", password: "x" }).catch((e) => console.log(e.message));
  await api.users.delete({ id: "user_9" }).catch((e) => console.log(e.message));
  // @ts-expect-error
  void (() => api.users.get());
  const r = () => api.roles.list().then((x) => x.data[0]!.slug);
  await api.close(); s.close();
});
