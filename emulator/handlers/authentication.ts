import { startDevice } from "../auth/devices";
import { runGrant } from "../auth/grants";
import { presentAuthentication } from "../auth/sessions";
import { type Family } from "./handler";

export const authentication: Family<"authentication"> = {
  authenticate: async (input, context, caller) =>
    presentAuthentication(await runGrant(input, caller, context), context),

  authorizeDevice: ({ client_id }, context) => startDevice(client_id, context),
};
