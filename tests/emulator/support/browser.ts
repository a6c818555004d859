/** A browser without JavaScript: follows no redirect by itself, keeps cookies, and fills in the forms it is shown. */
export interface Visit {
  readonly status: number;
  readonly html: string;
  readonly title: string;
  readonly alert: string | undefined;
  /** Where the page sends the browser. */
  readonly location: URL | undefined;
}

const unescape = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");

const mainOf = (page: string) => /<main>.*<\/main>/s.exec(page)?.[0] ?? page;

export class Browser {
  private readonly cookies = new Map<string, string>();
  private url = "";
  private page = "";

  constructor(private readonly local: { readonly emulator: { readonly url: string } }) {}

  async open(pathOrUrl: string): Promise<Visit> {
    this.url = new URL(pathOrUrl, this.local.emulator.url).href;
    return this.visit({});
  }

  /** Sends the form with this action, as it was shown, with the given fields filled in. */
  async submit(action: string, fields: Readonly<Record<string, string>> = {}): Promise<Visit> {
    const form = this.page.split("<form").find((part) => part.includes(`value="${action}"`));
    if (form === undefined) throw new Error(`no form ${action} on this page: ${mainOf(this.page)}`);
    const body = new URLSearchParams();
    for (const [input] of form.matchAll(/<input[^>]*>/g)) {
      const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(input.replace(/\s+/g, " "))?.[1];
      const name = attribute("name");
      if (name === undefined || (attribute("type") === "radio" && !input.includes("checked"))) continue;
      body.set(name, unescape(attribute("value") ?? ""));
    }
    body.set("action", action);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return this.visit({ method: "POST", body });
  }

  async visit(init: RequestInit): Promise<Visit> {
    const response = await fetch(this.url, {
      ...init,
      redirect: "manual",
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]*)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
    const html = await response.text();
    if (html !== "") this.page = html;
    const location = response.headers.get("location");
    return {
      status: response.status,
      html,
      title: /<title>(.*?)<\/title>/s.exec(html)?.[1] ?? "",
      alert: /role="alert">(.*?)</s.exec(html)?.[1],
      location: location === null ? undefined : new URL(location, this.url),
    };
  }
}
