// A stand-in for Pulumi's .NET language host, as language-host.mjs is for Node: it makes SDKs by Pulumi's own generator,
// and runs nothing.
import { generatePackage } from "./package-generation.mjs";
import { answer } from "./replies.mjs";
import { serve } from "./serve.mjs";

serve(".NET", {
  generatePackage: answer(generatePackage("dotnet")),
});
