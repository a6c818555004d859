/** What names may do to a line that is printed: nothing. */
import { named, oneLine, printable, roughly, timeLeft } from "../../provider/wording";

const [escape, bell, csi] = [27, 7, 0x9b].map((code) => String.fromCharCode(code));

test.each([
  [`${escape}[2J${escape}[1;31mAcme${escape}[0m`, "Acme"],
  [`${escape}]8;;http://evil.example${bell}Acme${escape}]8;;${escape}\\`, "Acme"],
  [`Ac${bell}me\b\b`, "Acme"],
  [`${csi}31mAcme`, "31mAcme"],
  ["Acme\u202eemca\u2066x\u2069", "Acmeemcax"],
  ["Acme\nerror: everything is lost", "Acme error: everything is lost"],
  ["Acme\r\n\u2028\tInc", "Acme Inc"],
  ["Müller & Söhne – 株式会社", "Müller & Söhne – 株式会社"],
])("%j is shown as %j", (name, shown) => {
  expect(oneLine(name)).toBe(shown);
});

test("lines of our own stay lines", () => {
  expect(printable(`one\n\t${escape}[31mtwo`)).toBe("one\n\ttwo");
});

test("names in a list are names", () => {
  expect(named(["ann\nerror: no", `${escape}[Kben`])).toBe("ann error: no, ben");
});

test.each([
  [0, "0 s"],
  [4_400, "4 s"],
  [12_000, "10 s"],
  [57_000, "55 s"],
  [58_000, "1 min"],
  [100_000, "2 min"],
  [59 * 60_000, "59 min"],
  [60 * 60_000, "1 h"],
  [83 * 60_000, "1 h 20 min"],
  [118 * 60_000, "2 h"],
])("%i ms are roughly %s", (ms, shown) => {
  expect(roughly(ms)).toBe(shown);
});

test.each([
  [0, 0, undefined],
  [60_000, 0.01, undefined],
  [10_000, 0.25, "about 30 s left"],
  [10_000, 0.5, "about 10 s left"],
  [60_000, 0.9, "about 7 s left"],
  [60_000, 1, undefined],
])("of what has taken %i ms for %d of it, %s", (elapsed, share, shown) => {
  expect(timeLeft(elapsed, share)).toBe(shown);
});
