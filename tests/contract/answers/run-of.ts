import { type ContractRun } from "../support/contract-run";

/** The run that the current test uses. */
export type RunOf = () => ContractRun;
