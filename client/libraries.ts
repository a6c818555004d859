/**
 * The two packages that only signing in needs, loaded at first use: who manages resources has neither installed.
 * They are ECMAScript modules only, which `import()` loads from CommonJS.
 */

export const jose = () => import("jose").catch(missing("jose", "verify access tokens"));
export const iron = () => import("iron-webcrypto").catch(missing("iron-webcrypto", "seal sessions"));

function missing(name: string, purpose: string): (error: unknown) => never {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Error(`To ${purpose}, pulumi-workos needs the package ${name}: run \`npm install ${name}\`.`, {
      cause: error,
    });
  };
}
