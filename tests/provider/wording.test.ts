/** What names may do to a line that is printed: nothing. */
import { named, oneLine, printable } from "../../provider/wording";

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
