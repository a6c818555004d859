import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";

import { npmCommand } from "../../lib/npm.mjs";
import { languageMessages, pluginMessages, sdkVersion } from "./protocol.mjs";

/** @typedef {{ name?: string, version?: string, dependencies?: Record<string, string>, devDependencies?: Record<string, string>, pulumi?: { resource?: boolean, name?: string, version?: string, server?: string, parameterization?: { name: string, version: string, value: string } } }} Manifest */

export function pluginInfo() {
  const info = new pluginMessages.PluginInfo();
  info.setVersion(sdkVersion);
  return info;
}

export function about() {
  const response = new languageMessages.AboutResponse();
  response.setExecutable(process.execPath);
  response.setVersion(process.version);
  return response;
}

/**
 * The provider plugins that installed packages name in their package.json, which the engine then installs.
 * @param {import("@pulumi/pulumi/proto/language_pb.js").GetRequiredPackagesRequest} request
 */
export function requiredPackages(request) {
  const response = new languageMessages.GetRequiredPackagesResponse();
  const seen = new Set();
  for (const manifest of installedManifests(request.getInfo()?.getProgramDirectory() ?? "")) {
    const { name, version, pulumi } = manifest;
    if (!pulumi?.resource || !name || !version) continue;
    // The official host's rule: the scope @pulumi is left out, any other loses only its "@".
    const plugin = pulumi.name ?? name.replace(/^@pulumi\//, "").replace(/^@/, "");
    if (seen.has(plugin)) continue;
    seen.add(plugin);
    const dependency = new pluginMessages.PackageDependency();
    dependency.setName(plugin);
    dependency.setKind("resource");
    dependency.setVersion(`v${(pulumi.version ?? version).replace(/^v/, "")}`);
    dependency.setServer(pulumi.server ?? "");
    if (pulumi.parameterization) {
      const parameterization = new pluginMessages.PackageParameterization();
      parameterization.setName(pulumi.parameterization.name);
      parameterization.setVersion(pulumi.parameterization.version);
      parameterization.setValue(pulumi.parameterization.value);
      dependency.setParameterization(parameterization);
    }
    response.addPackages(dependency);
  }
  return response;
}

/** @param {import("@pulumi/pulumi/proto/language_pb.js").GetProgramDependenciesRequest} request */
export function programDependencies(request) {
  const response = new languageMessages.GetProgramDependenciesResponse();
  const directory = request.getInfo()?.getProgramDirectory() ?? "";
  const manifest = readManifest(join(directory, "package.json"));
  const direct = { ...manifest?.devDependencies, ...manifest?.dependencies };
  for (const { name, version } of installedManifests(directory)) {
    if (!name || (!request.getTransitivedependencies() && !(name in direct))) continue;
    const dependency = new languageMessages.DependencyInfo();
    dependency.setName(name);
    dependency.setVersion(version ?? "");
    response.addDependencies(dependency);
  }
  return response;
}

/**
 * @param {import("@pulumi/pulumi/proto/language_pb.js").InstallDependenciesRequest} request
 * @param {(message: unknown) => void} send
 * @param {AbortSignal} signal
 */
export async function installDependencies(request, send, signal) {
  const directory = request.getInfo()?.getProgramDirectory() || request.getDirectory();
  const child = spawn(...npmCommand(["install", "--loglevel=error"]), {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  child.stdout.on("data", (chunk) => {
    const message = new languageMessages.InstallDependenciesResponse();
    message.setStdout(chunk);
    send(message);
  });
  child.stderr.on("data", (chunk) => {
    const message = new languageMessages.InstallDependenciesResponse();
    message.setStderr(chunk);
    send(message);
  });
  await new Promise((settle, fail) => {
    child.once("error", fail);
    child.once("close", (code) =>
      code === 0 ? settle(undefined) : fail(new Error(`npm install ended with code ${code}`)),
    );
  });
}

/**
 * The manifests of the packages that a program in this directory can import, nearest first.
 * @param {string} directory
 * @returns {Generator<Manifest>}
 */
function* installedManifests(directory) {
  for (let above = directory; ; above = dirname(above)) {
    const modules = join(above, "node_modules");
    for (const name of entries(modules)) {
      const packages = name.startsWith("@") ? entries(join(modules, name)).map((scoped) => join(name, scoped)) : [name];
      for (const path of packages) {
        const manifest = readManifest(join(modules, path, "package.json"));
        if (manifest) yield manifest;
      }
    }
    if (dirname(above) === above) return;
  }
}

/** @param {string} directory */
function entries(directory) {
  try {
    return readdirSync(directory).filter((name) => !name.startsWith("."));
  } catch {
    return [];
  }
}

/**
 * @param {string} path
 * @returns {Manifest | undefined}
 */
function readManifest(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
