import { endOf, isExpired } from "../../provider/roster/expiry";

const at = (text: string) => Date.parse(text);

test.each([
  ["2027-01-31", "2027-01-31T23:59:59.999Z", false],
  ["2027-01-31", "2027-02-01T00:00:00Z", true],
  ["2027-01-31T18:00:00Z", "2027-01-31T17:59:59Z", false],
  ["2027-01-31T18:00:00Z", "2027-01-31T18:00:00Z", true],
  ["2027-01-31T18:00:00+02:00", "2027-01-31T16:00:00Z", true],
])("access that ends at %s has ended at %s: %s", (expiresAt, now, ended) => {
  expect(isExpired(expiresAt, at(now))).toBe(ended);
});

test.each(["2027-02-29", "2027-02-31", "2027-04-31T10:00:00Z", "2027-02-30T00:00:00+02:00"])(
  "%j is refused: there is no such day",
  (text) => {
    expect(() => endOf(text)).toThrow(`"${text}" is a day that does not exist`);
  },
);

test("a leap day exists in leap years", () => {
  expect(endOf("2028-02-29")).toBe(at("2028-03-01T00:00:00Z"));
});

test.each(["soon", "2027-13-01", "31.01.2027", "2027-1-31", ""])("%j is refused, with how to write it", (text) => {
  expect(() => endOf(text)).toThrow(/is neither a day nor a moment; write it like 2027-01-31/);
});
