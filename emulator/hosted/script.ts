import { createHash } from "node:crypto";
import { raw } from "hono/html";
import { style } from "./style";

/** What a script adds: the button that shows a password, which is sent as one all the same. Pages do without it. */
const script = `for (const button of document.querySelectorAll("[data-shows]")) {
  const input = document.getElementById(button.dataset.shows);
  const set = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-label", shown ? "Hide password" : "Show password");
  };
  button.hidden = false;
  button.addEventListener("click", () => set(input.type === "password"));
  input.form.addEventListener("submit", () => set(false));
}`;

const allowed = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** As they are, since the policy below names their hashes. */
export const styleTag = raw(`<style>${style}</style>`);
export const scriptTag = raw(`<script>${script}</script>`);

/** Of every page: this style, this script, pictures in the page itself, and nothing else. */
export const contentPolicy = [
  "default-src 'none'",
  `style-src ${allowed(style)}`,
  `script-src ${allowed(script)}`,
  "img-src data:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");
