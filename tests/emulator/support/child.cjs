// Starts an emulator from the TypeScript sources in a process of its own, and prints its address.
const fs = require("node:fs");
const ts = require("typescript");

require.extensions[".ts"] = (module, file) => {
  const compilerOptions = {
    ...{ module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
    ...{ jsx: ts.JsxEmit.ReactJSX, jsxImportSource: "preact" },
  };
  const { outputText } = ts.transpileModule(fs.readFileSync(file, "utf8"), { compilerOptions, fileName: file });
  module._compile(outputText, file);
};

require.extensions[".tsx"] = require.extensions[".ts"];

const { startEmulator } = require("../../../emulator/index.ts");

startEmulator({ dataFile: process.argv[2] }).then(
  ({ url }) => console.log(url),
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
