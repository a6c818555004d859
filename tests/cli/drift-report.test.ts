/** Drift as a page and as an issue, of people who try to be more than names. */
import { type Difference, type Drift } from "../../cli/drift";
import { html, markdown, marker, rosterReport } from "../../cli/drift-report";

const difference = (email: string, has = "active, member"): Difference => ({ email, detail: has, has });
const drift = (given: Partial<Drift>) =>
  rosterReport({
    organization: "Acme",
    people: 3,
    extra: [],
    missing: [],
    changed: [],
    expired: [],
    directoryManaged: [],
    ...given,
  });

test("the page holds everything itself, and nothing in it is markup of somebody else's", () => {
  const page = html(
    drift({ organization: "<script>alert(1)</script>", extra: [difference('"><img src=x>@x.example')] }),
  );
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt; differs");
  expect(page).toContain("<td>&quot;&gt;&lt;img src=x&gt;@x.example</td><td>active, member</td>");
  expect(page).not.toMatch(/<script|<img|<link|https?:|url\(|@import/);
});

test("the page says at once that nothing differs", () => {
  expect(html(drift({}))).toMatch(
    /<p class="verdict same">No drift<\/p>\s*<h1>Acme is as its roster of 3 people says\.<\/h1>/,
  );
});

test("an issue holds a drift of ten thousand, names nobody on purpose, and can be found again", () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    difference(`@somebody-${index}-${"x".repeat(200)}@example.com`),
  );
  const text = markdown(drift({ extra: many, missing: many }));
  expect(Buffer.byteLength(text)).toBeLessThan(65_536);
  expect(text).toContain("### Have access and are not in the roster (10,000)");
  expect(text).toMatch(/- and 9,\d{3} more/);
  expect(text).not.toMatch(/(^|\s)@\w/m);
  expect(text.endsWith(marker)).toBe(true);
});
