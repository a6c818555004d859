// The documentation as a site: the pages of docs/ as they are, with a sidebar and a search.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { defineConfig } from "vitepress";

import { anchorOf } from "../../tools/lib/markdown.mjs";
import { topics } from "../../tools/lib/topics.mjs";

const pages = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const root = dirname(pages);
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
/** Where the files are that are no pages, such as examples. */
const source = manifest.repository?.url.replace(/^git\+/, "").replace(/\.git$/, "");

/** The title that a page gives itself. */
function titleOf(path) {
  const [, title = path] = /^# (.+)$/m.exec(readFileSync(join(pages, `${path}.md`), "utf8")) ?? [];
  return title.replaceAll("`", "");
}

/** Pages that are not there are left out, so that this list may be ahead of them. */
const chapter = (text, paths) => ({
  text,
  items: paths
    .filter((path) => existsSync(join(pages, `${path}.md`)))
    .map((path) => ({ text: path === "index" ? "Overview" : titleOf(path), link: `/${path}` })),
});

/** Links that lead out of docs/ lead to the repository. */
function linksToRepository(markdown) {
  const render = markdown.renderer.rules.link_open;
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const href = token.attrGet("href") ?? "";
    if (!/^([a-z]+:|#|\/)/.test(href)) {
      const [path, anchor] = href.split("#");
      const target = resolve(pages, dirname(env.relativePath), decodeURI(path));
      if (relative(pages, target).startsWith("..") && existsSync(target)) {
        const kind = statSync(target).isDirectory() ? "tree" : "blob";
        const place = relative(root, target).replaceAll("\\", "/");
        token.attrSet("href", `${source}/${kind}/main/${place}${anchor ? `#${anchor}` : ""}`);
      }
    }
    return render ? render(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
  };
}

/** Braces in code are code, and nothing that the site fills in. */
function codeAsItIs(markdown) {
  const render = markdown.renderer.rules.code_inline;
  markdown.renderer.rules.code_inline = (tokens, index, ...rest) => {
    tokens[index].attrSet("v-pre", "");
    return render(tokens, index, ...rest);
  };
}

export default defineConfig({
  title: "pulumi-workos",
  description: manifest.description,
  lang: "en-GB",
  head: [["link", { rel: "icon", href: "data:," }]],
  // Pages for Pulumi's registry, in its own markup.
  srcExclude: ["_index.md", "installation-configuration.md"],
  outDir: "../.local/site",
  cacheDir: "../.local/site-cache",
  base: process.env.DOCS_BASE ?? "/",
  markdown: {
    anchor: { slugify: anchorOf },
    config(markdown) {
      linksToRepository(markdown);
      codeAsItIs(markdown);
    },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  themeConfig: {
    outline: [2, 3],
    search: { provider: "local", options: { detailedView: true } },
    ...(source ? { socialLinks: [{ icon: "github", link: source, ariaLabel: "The repository on GitHub" }] } : {}),
    nav: [
      { text: "Which resource?", link: "/which-resource" },
      { text: "Resources", link: "/resources" },
      { text: "Troubleshooting", link: "/troubleshooting" },
    ],
    sidebar: {
      "/resources": [
        {
          text: "Resources",
          items: [
            { text: "All resources", link: "/resources" },
            ...chapter("", ["resources/look-ups", "resources/Provider"]).items,
          ],
        },
        ...Object.entries(topics).map(([text, kinds]) =>
          chapter(
            text,
            kinds.map((kind) => `resources/${kind}`),
          ),
        ),
      ],
      "/": [
        chapter("Start", ["index", "which-resource", "resources", "troubleshooting"]),
        chapter("How to", [
          "adopt",
          "init",
          "from-terraform",
          "native",
          "rotate-keys",
          "environments",
          "guards",
          "shared-state",
          "upgrading",
        ]),
        chapter("Understand", ["lifecycles", "roster", "roster-files", "speed"]),
        chapter("The local AuthKit and the client", [
          "local-authkit",
          "your-application",
          "client",
          "local-authkit-coverage",
        ]),
        chapter("The project", ["versioning", "dependencies", "releasing"]),
      ],
    },
  },
});
