/** A page with a script, made of packages as a bundler makes it, on a server of its own. */
import { build } from "esbuild";
import { createServer } from "node:http";
import { join } from "node:path";
import { type Listening, listening } from "../../support/listening";

export type ServedPage = Listening;

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
  return listening(server, hostname);
}
