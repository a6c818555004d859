import { join } from "node:path";

import { read, repository } from "../../support/repository";
import { expectSuccess } from "./commands";

export type Tarball = {
  path: string;
  /** Bytes to download, and bytes once unpacked. */
  size: number;
  unpackedSize: number;
  /** Paths of the files in it. */
  files: string[];
};

type PackReport = { filename: string; size: number; unpackedSize: number; files: { path: string }[] };

/** Packs what is built now, as `npm publish` would; scripts are left out, since others use the build meanwhile. */
export async function packInto(directory: string): Promise<Tarball> {
  const { stdout } = await expectSuccess(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", directory],
    { cwd: repository },
  );
  const [report] = JSON.parse(stdout) as PackReport[];
  if (!report) throw new Error("npm packed nothing");
  return {
    path: join(directory, report.filename),
    size: report.size,
    unpackedSize: report.unpackedSize,
    files: report.files.map(({ path }) => path),
  };
}

/** The version of a package as it is installed here. What is installed here is in npm's cache as well. */
export function installedVersion(name: string): string {
  return (JSON.parse(read(`node_modules/${name}/package.json`)) as { version: string }).version;
}
