/** What works once works once, also under a hundred requests at the same moment. */
import { data, local, type Answer } from "./support/local";
import { Browser } from "./support/browser";
import { authenticate, grant, password, person, text, withPassword } from "./support/sign-in";

const at = local();
const atOnce = async (ask: (index: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: 100 }, (_, index) => ask(index)));
const successes = (answers: readonly Answer[]) => answers.filter(({ status }) => status < 300).length;
const others = (answers: readonly Answer[]) =>
  new Set(answers.filter(({ status }) => status >= 300).map(({ body }) => body.error ?? body.code));

test("a refresh token", async () => {
  const { email } = await person(at());
  const refresh_token = text(await withPassword(at(), email), "refresh_token");
  const answers = await atOnce(() => authenticate(at(), { grant_type: "refresh_token", refresh_token }));
  expect([successes(answers), others(answers)]).toEqual([1, new Set(["invalid_grant"])]);
});

test("an authorization code", async () => {
  const { email } = await person(at());
  const browser = new Browser(at());
  await browser.open(
    "/user_management/authorize?client_id=client_local&provider=authkit&redirect_uri=http://localhost/cb",
  );
  const { location } = await browser.submit("sign-in", { email, password });
  const code = location?.searchParams.get("code");
  const answers = await atOnce(() => authenticate(at(), { grant_type: "authorization_code", code }));
  expect([successes(answers), others(answers)]).toEqual([1, new Set(["invalid_grant"])]);
});

test("a Magic Auth code, and a verification code", async () => {
  const user = await at().user();
  const code = text(await at().post("/user_management/magic_auth", { email: user.email }), "code");
  const answers = await atOnce(() => authenticate(at(), { grant_type: grant.magicAuth, email: user.email, code }));
  expect([successes(answers), others(answers)]).toEqual([1, new Set(["one_time_code_previously_used"])]);
  const other = await at().user();
  await at().post(`/user_management/users/${other.id}/email_verification/send`);
  const mailed = at().control.mailbox.list().at(-1)?.code;
  const confirmed = await atOnce(() =>
    at().post(`/user_management/users/${other.id}/email_verification/confirm`, { code: mailed }),
  );
  expect([successes(confirmed), others(confirmed)]).toEqual([1, new Set(["email_verification_code_previously_used"])]);
});

test("a password reset token", async () => {
  const { email } = await person(at());
  const token = text(await at().post("/user_management/password_reset", { email }), "password_reset_token");
  const answers = await atOnce((index) =>
    at().post("/user_management/password_reset/confirm", { token, new_password: `a new password ${index}` }),
  );
  expect([successes(answers), others(answers)]).toEqual([1, new Set(["password_reset_error"])]);
});

test("an address: of a hundred users, of a hundred sign-ups by code, of a hundred changes", async () => {
  const created = await atOnce((index) =>
    at().post("/user_management/users", { email: index % 2 ? "One@example.com" : "one@example.com", password }),
  );
  expect([successes(created), others(created)]).toEqual([1, new Set(["user_creation_error"])]);
  await atOnce(() => at().post("/user_management/magic_auth", { email: "two@example.com" }));
  expect(data(await at().get("/user_management/users?email=two@example.com"))).toHaveLength(1);
  const movers = await Promise.all(Array.from({ length: 20 }, () => at().user()));
  const codes: string[] = [];
  for (const { id } of movers) {
    await at().post(`/user_management/users/${id}/email_change/send`, { new_email: "three@example.com" });
    codes.push(at().control.mailbox.list().at(-1)?.code ?? "");
  }
  const moved = await Promise.all(
    movers.map(({ id }, index) =>
      at().post(`/user_management/users/${id}/email_change/confirm`, { code: codes[index] }),
    ),
  );
  expect([successes(moved), others(moved)]).toEqual([1, new Set(["email_not_available"])]);
});
