/** The rules that several rooms share. */
import fc from "fast-check";
import { domainOf, isAddress, sameAddress } from "../../provider/declare/address";
import { allowedRemovals } from "../../provider/removals";
import { didYouMean, named, plural } from "../../provider/wording";

describe("a limit of removals", () => {
  test.each([
    ["10% of 9", { fraction: 0.1 }, 9, 1],
    ["0.07 of 100", { fraction: 0.07 }, 100, 7],
    ["0.28 of 25", { fraction: 0.28 }, 25, 7],
    ["29% of 100", { fraction: 29 / 100 }, 100, 29],
    ["everybody", { fraction: 1 }, 3, 3],
    ["nobody", { fraction: 0 }, 100, 0],
    ["a number", { people: 4 }, 100, 4],
    ["both, the smaller of them", { people: 4, fraction: 0.02 }, 100, 2],
    ["none", {}, 100, 100],
  ])("of %s", (_name, limit, active, allowed) => {
    expect(allowedRemovals(limit, active)).toBe(allowed);
  });

  it("is the share in whole people, rounded up, for every percentage and any number of people", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.nat(100_000), (percent, active) => {
        const allowed = allowedRemovals({ fraction: percent / 100 }, active);
        expect(allowed * 100).toBeGreaterThanOrEqual(percent * active);
        expect((allowed - 1) * 100).toBeLessThan(percent * active || 1);
      }),
    );
  });
});

describe("an address", () => {
  const local64 = "a".repeat(64);
  test.each([
    "ann@example.com",
    "r&d@example.com",
    "o'brien+news@mail.example.co.uk",
    "jörg@exämple.de",
    "ann@xn--fiq228c.xn--p1ai",
    `${local64}@example.com`,
  ])("is %s", (text) => {
    expect(isAddress(text)).toBe(true);
  });

  test.each([
    "ann",
    "ann@example",
    "ann..b@example.com",
    ".ann@example.com",
    "ann.@example.com",
    "ann@@example.com",
    "ann b@example.com",
    "ann@-example.com",
    "ann@example..com",
    " ann@example.com",
    `a${local64}@example.com`,
    `ann@${"a".repeat(64)}.com`.repeat(5),
    "",
  ])("is not %j", (text) => {
    expect(isAddress(text)).toBe(false);
  });

  it("is the same in any letter case, and has a domain", () => {
    expect(sameAddress(" Ann@Example.com", "ann@example.COM")).toBe(true);
    expect(domainOf("Ann@Example.COM ")).toBe("example.com");
  });
});

describe("wording", () => {
  it("counts one and many", () => {
    expect([plural(1, "file"), plural(2, "file"), plural(1_234, "person", "people")]).toEqual([
      "1 file",
      "2 files",
      "1,234 people",
    ]);
  });

  it("names a few and counts the rest", () => {
    expect(named(["a", "b", "c"], 2)).toBe("a, b and 1 more");
    expect(named(["a", "b"], 2)).toBe("a, b");
  });

  it("suggests what is near, and else says all that there is", () => {
    expect(didYouMean("emial", ["email", "name"])).toBe("did you mean email?");
    expect(didYouMean("zzzzzz", ["email", "name"])).toBe("it takes email, name");
  });
});
