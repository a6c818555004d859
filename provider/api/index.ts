/** The client core: requests, errors, pages. `client/` adds signing in to it. */
export { createApi, type Api, type ApiMethod } from "./client";
export { type ApiCounts, type ApiOptions, type CallOptions, type WaitInfo } from "./options";
export { budgetShare, defaultBudget, type BudgetLimits, type LaneWait } from "./budget";
export { fixedConcurrency, type Concurrency, type Observation } from "./concurrency";
export { type AnyEndpoint, type EndpointInput, type EndpointOutput, type Lane, type Repeat } from "./endpoint";
export { endpoints, type Endpoints } from "./endpoints";
export { hasCode, isNotFound, isWorkosError, WorkosError, type ErrorKind, type FieldError } from "./errors";
export { PagePromise, type Page } from "./pages";
export { defaultRetryPolicy, type RetryPolicy } from "./retry";
export { type WindowLimit } from "./window";
export type * from "./objects";
