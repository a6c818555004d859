/** The operations that the emulator serves. */
import { clientEndpoints } from "../provider/api/endpoints";

export const operations = clientEndpoints;
export type Operations = typeof operations;
