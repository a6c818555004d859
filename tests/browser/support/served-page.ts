/** A page with a script, made of packages as a bundler makes it, on a server of its own. */
import { build } from "esbuild";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { join } from "node:path";

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** @param settings what the page finds as `globalThis.settings`. */
export async function servePage(name: string, settings: object, hostname = "127.0.0.1"): Promise<ServedPage> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, "pages", `${name}.mjs`)],
    bundle: true,
    write: false,
    format: "esm",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  const script = outputFiles[0]?.text ?? "";
  const document = `<!doctype html><link rel="icon" href="data:," /><title>App</title><body></body>
<script>globalThis.settings = ${JSON.stringify(settings)}</script><script type="module" src="/app.js"></script>`;
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? "/", "http://page").pathname;
    const [type, text] = asked === "/app.js" ? ["text/javascript", script] : ["text/html", document];
    response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store" }).end(text);
  });
  server.listen(0, hostname);
  await once(server, "listening");
  return {
    url: `http://${hostname}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
