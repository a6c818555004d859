/** The operations that the emulator serves. */
import { clientEndpoints } from "../api/endpoints/index";

export const operations = clientEndpoints;
export type Operations = typeof operations;
