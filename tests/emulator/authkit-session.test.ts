/** The vendor's library under its integrations of web frameworks, in an application of its own. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { freePort } from "../support/free-port";
import { Browser } from "./support/browser";

const password = "correct horse battery";
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

test("an application made of authkit-session signs in, goes on, and signs out", async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const app = fork(join(__dirname, "support", "authkit-session-app.mjs"), {
    env: {
      ...process.env,
      ...{ WORKOS_API_HOSTNAME: "127.0.0.1", WORKOS_API_PORT: String(emulator.port), WORKOS_API_HTTPS: "false" },
      ...{ WORKOS_API_KEY: emulator.apiKey, WORKOS_CLIENT_ID: emulator.clientId },
      ...{ WORKOS_REDIRECT_URI: `${url}/callback`, WORKOS_COOKIE_PASSWORD: "a cookie password of 32 characters" },
    },
    execArgv: [],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  try {
    await once(app.stdout ?? app, "data");
    const api = (path: string, body: object) =>
      fetch(emulator.url + path, {
        method: "POST",
        headers: { Authorization: `Bearer ${emulator.apiKey}`, "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
    await api("/user_management/users", { email: "ann@example.com", password, email_verified: true });
    const cookies = new Map<string, string>();
    const visit = async (path: string) => {
      const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
      const answer = await fetch(url + path, { redirect: "manual", headers: { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
        if (value === "") cookies.delete(name);
        else cookies.set(name, value);
      }
      return { location: answer.headers.get("location") ?? "", text: await answer.text() };
    };
    expect((await visit("/")).text).toBe("nobody");
    const browser = new Browser({ emulator });
    await browser.open((await visit("/login")).location);
    const { location } = await browser.submit("sign-in", { email: "ann@example.com", password });
    expect(await visit(`/callback${location?.search ?? ""}`)).toMatchObject({ location: "/" });
    expect((await visit("/")).text).toBe("ann@example.com, no organization");
    const { location: logout } = await visit("/logout");
    await fetch(logout, { redirect: "manual" });
    expect((await visit("/")).text).toBe("nobody");
  } finally {
    app.disconnect();
    await once(app, "exit");
  }
});
