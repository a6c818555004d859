/** `pulumi-workos/provider`: required by name from the `__provider` line of every resource in every state. */
export { dynamicProvider } from "./dynamic";
