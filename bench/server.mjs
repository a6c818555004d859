// A loopback server in a process of its own, so that what is measured is the client: answers every request with the
// same body, one user or a page of a hundred.
import { createServer } from "node:http";

const at = "2026-01-01T00:00:00.000Z";
const user = (index) => ({
  object: "user",
  id: `user_01HXYZ${String(index).padStart(18, "0")}`,
  first_name: "Ann",
  last_name: "Example",
  profile_picture_url: null,
  email: `ann.${index}@example.com`,
  email_verified: true,
  external_id: `employee-${index}`,
  metadata: { team: "platform", cost_center: "1234" },
  last_sign_in_at: at,
  locale: "en",
  created_at: at,
  updated_at: at,
});
const one = Buffer.from(JSON.stringify(user(1)));
const data = Array.from({ length: 100 }, (_, index) => user(index));
const page = Buffer.from(JSON.stringify({ object: "list", data, list_metadata: { before: null, after: null } }));

const server = createServer((request, response) => {
  const body = request.url?.startsWith("/user_management/users/") ? one : page;
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
process.on("disconnect", () => process.exit());
