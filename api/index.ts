/** The client core: requests, errors, pages. `client/` adds signing in to it. */
export { createApi, type Api, type ApiMethod } from "./client";
export { type ApiCounts, type ApiOptions, type CallOptions, type WaitInfo } from "./http/options";
export { type LaneWait } from "./pace/budget";
export { budgetShare, defaultBudget, type BudgetLimits } from "./pace/limits";
export { fixedConcurrency, type Concurrency, type Observation } from "./pace/concurrency";
export { type AnyEndpoint, type EndpointInput, type EndpointOutput, type Lane, type Repeat } from "./endpoint";
export { endpoints, type Endpoints } from "./endpoints/index";
export { hasCode, isNotFound, isWorkosError, WorkosError, type ErrorKind, type FieldError } from "./http/errors";
export { PagePromise, type Page } from "./http/pages";
export { defaultRetryPolicy, type RetryPolicy } from "./http/retry";
export { type WindowLimit } from "./pace/window";
export type * from "./objects";
