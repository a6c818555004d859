// Jest loads ECMAScript modules neither by `require` nor by `import()`: this turns both into CommonJS. (Not by ts-jest:
// it shares one configuration among all its uses.)
const { createHash } = require("node:crypto");
const ts = require("typescript");

const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };

/** @type {import("@jest/transform").SyncTransformer} */
module.exports = {
  getCacheKey: (source, path) => createHash("sha256").update(path).update(source).update(ts.version).digest("hex"),
  process: (source, fileName) => ({ code: ts.transpileModule(source, { fileName, compilerOptions }).outputText }),
};
