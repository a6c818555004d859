// What the release workflow asks of this repository, from its root:
//   node tools/release.mjs check TAG         the tag, package.json and CHANGELOG.md say one version; prints version=… and
//                                            channel=… (npm's dist-tag), as $GITHUB_OUTPUT takes them
//   node tools/release.mjs notes TAG         prints what CHANGELOG.md says of it
//   node tools/release.mjs checksums FOLDER  writes the checksums of its files into SHA256SUMS there
import process from "node:process";

import { main } from "./lib/main.mjs";
import { checksumFile, releaseOf, writeChecksums } from "./lib/release.mjs";
import { SetUpError } from "./lib/set-up-error.mjs";

const usage = "Usage: node tools/release.mjs check TAG | notes TAG | checksums FOLDER";

await main(async ([command, operand]) => {
  if (operand === undefined) throw new SetUpError(usage);
  try {
    if (command === "checksums") {
      console.log(`${checksumFile}: ${writeChecksums(operand).join(", ")}`);
      return 0;
    }
    const { version, prerelease, notes } = releaseOf(process.cwd(), operand, { home: process.env.GITHUB_REPOSITORY });
    if (command === "check") console.log(`version=${version}\nchannel=${prerelease ? "next" : "latest"}`);
    else if (command === "notes") console.log(notes);
    else throw new Error(usage);
    return 0;
  } catch (error) {
    throw new SetUpError(error instanceof Error ? error.message : String(error));
  }
});
