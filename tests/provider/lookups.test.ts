/** What look-ups say of what they are given, before anybody is asked. */
import { createApi } from "../../api";
import { type AnyLookup, lookUp, lookups } from "../../provider/lookups";

const api = createApi({ apiKey: "sk_test_nobody", baseUrl: "http://127.0.0.1:9" });
afterAll(() => api.close());

const saidBy = (name: keyof typeof lookups, given: object): Promise<string> =>
  lookUp(lookups[name] as AnyLookup, { ...given }, api).then(
    () => "",
    (error: unknown) => (error as Error).message,
  );

it.each<[name: keyof typeof lookups, given: object, said: string]>([
  ["getUser", {}, "getUser takes id, or email, or externalId; it was given nothing."],
  ["getUser", { id: undefined, email: null }, "getUser takes id, or email, or externalId; it was given nothing."],
  ["getUser", { emial: "a@example.com" }, "getUser does not take emial; did you mean email?"],
  ["getUser", { id: "" }, "getUser: id must not be empty."],
  ["getUser", { id: 7 }, "getUser: id must be text."],
  [
    "getOrganizationMembership",
    { userId: "user_1" },
    "getOrganizationMembership takes id, or userId with organizationId; it was given userId.",
  ],
  ["listGroups", {}, "listGroups takes organizationId, since groups belong to an organization; it was given nothing."],
  [
    "listOrganizationMemberships",
    { organizationId: "org_1", statuses: ["gone"] },
    'listOrganizationMemberships: statuses.0 must be one of active, inactive, pending (it is "gone").',
  ],
  [
    "generatePortalLink",
    { organizationId: "org_1", itContactEmails: "a@example.com" },
    "generatePortalLink: itContactEmails must be a list",
  ],
])("%s, given %j", async (name, given, said) => {
  expect(await saidBy(name, given)).toContain(said);
});

it.each(Object.entries<unknown>(lookups))("%s is declared by its own name, and by what it takes", (name, declared) => {
  const { name: own, takes, by = [], finds, answers } = declared as AnyLookup;
  expect(own).toBe(name);
  expect(by.flat().filter((one) => !(one in takes))).toEqual([]);
  expect(answers === undefined).toBe(finds === "one");
});
