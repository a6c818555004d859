import { assertKnownSettings, ConfigError, readConfig, type Setting, settings } from "../../provider/config";

type Settings = Partial<Record<Setting, string>>;

const read = (stack: Settings, environment: Record<string, string> = {}) =>
  readConfig((name) => stack[name], environment);

const key = "sk_test_hush";

const noGuards = { minAdmins: 0, adminRoles: ["admin"], requireForceDestroy: false, overridden: new Set() };

describe("the settings", () => {
  it("have defaults for all but the key", () => {
    expect(read({ apiKey: key })).toEqual({
      apiKey: key,
      baseUrl: "https://api.workos.com",
      clientId: undefined,
      deleteTimeoutMs: 60_000,
      readLimit: 1_000,
      writeLimit: 500,
      guards: noGuards,
      allowedDomains: undefined,
      offlinePreview: false,
      journalDirectory: expect.stringMatching(/pulumi-workos.intents$/) as unknown,
    });
  });

  it("come from the environment where the stack has none", () => {
    const environment = {
      WORKOS_API_KEY: key,
      WORKOS_BASE_URL: "http://127.0.0.1:4010",
      WORKOS_CLIENT_ID: "client_1",
      WORKOS_DELETE_TIMEOUT: "90",
      WORKOS_READ_LIMIT: "10",
      WORKOS_WRITE_LIMIT: "5",
    };
    expect(read({}, environment)).toEqual({
      apiKey: key,
      baseUrl: "http://127.0.0.1:4010",
      clientId: "client_1",
      deleteTimeoutMs: 90_000,
      readLimit: 10,
      writeLimit: 5,
      guards: noGuards,
      allowedDomains: undefined,
      offlinePreview: false,
      journalDirectory: expect.stringMatching(/pulumi-workos.intents$/) as unknown,
    });
  });

  it("come from the stack first, so that a stray variable points at no other environment", () => {
    const config = read(
      { apiKey: key, baseUrl: "https://a.example" },
      { WORKOS_API_KEY: "sk_other", WORKOS_BASE_URL: "https://b.example" },
    );
    expect([config.apiKey, config.baseUrl]).toEqual([key, "https://a.example"]);
  });

  it("take an empty variable for none", () => {
    expect(read({ apiKey: key }, { WORKOS_BASE_URL: "", WORKOS_CLIENT_ID: "" })).toMatchObject({
      baseUrl: "https://api.workos.com",
      clientId: undefined,
    });
  });
});

describe("a mistake in the settings", () => {
  const noKey =
    "No WorkOS API key. Set it with `pulumi config set --secret workos:apiKey`, or in the environment variable WORKOS_API_KEY; it is in the WorkOS dashboard under API Keys and starts with sk_.";
  const noSuchKey = (from: string) =>
    `${from} does not look like a WorkOS API key: it must start with sk_ and have no spaces or line breaks. Copy it again from the WorkOS dashboard, API Keys; a client id (client_…) is another thing.`;

  it.each<[Settings, Record<string, string>, string]>([
    [{}, {}, noKey],
    [{}, { WORKOS_API_KEY: "" }, noKey],
    [{ apiKey: "" }, { WORKOS_API_KEY: key }, noSuchKey("workos:apiKey")],
    [{ apiKey: "hush" }, {}, noSuchKey("workos:apiKey")],
    [{ apiKey: `${key}\n` }, {}, noSuchKey("workos:apiKey")],
    [{ apiKey: "client_hush" }, {}, noSuchKey("workos:apiKey")],
    [{}, { WORKOS_API_KEY: "sk_hush hush" }, noSuchKey("WORKOS_API_KEY")],
    [{ apiKey: key, minAdmins: " " }, {}, "workos:minAdmins must be a whole number from 0 on, such as 0."],
    [
      { apiKey: key, maxRemovals: " " },
      {},
      "workos:maxRemovals must be a number of people, such as 10, or a percentage, such as 10%.",
    ],
    ...[
      ["adminRoles", " "],
      ["adminRoles", ","],
      ["adminRoles", "admin,,owner"],
      ["allowedDomains", ""],
      ["allowedDomains", "acme.example, "],
    ].map(([name = "", value = ""]): [Settings, Record<string, string>, string] => [
      { apiKey: key, [name]: value },
      {},
      `workos:${name} has an empty entry, which would guard nothing: give names with single commas between, or remove the setting.`,
    ]),
    [
      { apiKey: key },
      { WORKOS_ADMIN_ROLES: "," },
      "WORKOS_ADMIN_ROLES has an empty entry, which would guard nothing: give names with single commas between, or remove the setting.",
    ],
    [{ apiKey: key, deleteTimeout: "soon" }, {}, "workos:deleteTimeout must be a number greater than 0, such as 60."],
    [{ apiKey: key, deleteTimeout: "0" }, {}, "workos:deleteTimeout must be a number greater than 0, such as 60."],
    [
      { apiKey: key },
      { WORKOS_DELETE_TIMEOUT: "-1" },
      "WORKOS_DELETE_TIMEOUT must be a number greater than 0, such as 60.",
    ],
    [{ apiKey: key, readLimit: "0.5" }, {}, "workos:readLimit must be a whole number greater than 0, such as 1000."],
    [{ apiKey: key, writeLimit: "" }, {}, "workos:writeLimit must be a whole number greater than 0, such as 500."],
    [
      { apiKey: key, baseUrl: "api.workos.com" },
      {},
      "The WorkOS base URL is not a URL: check `workos:baseUrl` (WORKOS_BASE_URL).",
    ],
    [
      { apiKey: key, baseUrl: "http://api.workos.com" },
      {},
      "The WorkOS base URL http://api.workos.com must use https, because every request carries the API key; plain http is accepted for this machine only (localhost, 127.0.0.1, [::1]): check `workos:baseUrl` (WORKOS_BASE_URL).",
    ],
  ])("is named with its remedy, without the key: %j %j", (stack, environment, message) => {
    const attempt = () => read(stack, environment);
    expect(attempt).toThrow(new ConfigError(message));
    expect(message).not.toContain("hush");
  });

  it.each<[Setting, string[]]>([
    ["minAdmins", ["", " ", "abc", "-1", "1.5", "NaN", "Infinity", "1,5", "one"]],
    ["maxRemovals", ["", " ", "abc", "-1", "-1%", "1.5", "NaN", "101%", "%", "10 people", "1e3"]],
    ["adminRoles", ["", " ", ",", "admin,", ",admin", "admin,,owner", " , "]],
    ["allowedDomains", ["", " ", ",", "acme.example,"]],
    ["requireForceDestroy", ["", " ", "yes", "1", "TRUE"]],
  ])("never switches a guard off: %s, from the stack or from the environment", (name, values) => {
    for (const value of values) {
      const places: [Settings, Record<string, string>, string][] = [
        [{ apiKey: key, [name]: value }, {}, `workos:${name}`],
        // A variable that is empty is none, as in every shell.
        ...(value === "" ? [] : [[{ apiKey: key }, { [settings[name]]: value }, settings[name]] as const]).map(
          ([stack, env, from]): [Settings, Record<string, string>, string] => [stack, env, from],
        ),
      ];
      for (const [stack, environment, from] of places) {
        const sentence = new RegExp(`^${from} (must be|has an empty entry)[^]+\\.$`);
        expect(() => read(stack, environment)).toThrow(sentence);
      }
    }
  });

  it.each(["http://localhost:4010", "http://127.0.0.1", "http://[::1]:8080", "https://proxy.example/workos"])(
    "is not the address %s",
    (baseUrl) => {
      expect(read({ apiKey: key, baseUrl }).baseUrl).toBe(baseUrl);
    },
  );
});

describe("a setting that nothing reads", () => {
  it("is named, and so are those that there are", () => {
    expect(() => assertKnownSettings(["apiKey", "apikey", "url"])).toThrow(
      new ConfigError(
        "Unknown setting workos:apikey, workos:url. The settings are workos:apiKey, workos:baseUrl, workos:clientId, workos:deleteTimeout, workos:readLimit, workos:writeLimit, workos:minAdmins, workos:adminRoles, workos:maxRemovals, workos:allowedDomains, workos:requireForceDestroy, workos:offlinePreview; remove the others with `pulumi config rm`.",
      ),
    );
    expect(() => assertKnownSettings(["apiKey", "baseUrl"])).not.toThrow();
  });
});
