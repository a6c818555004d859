/** An answer that is not a success, in one of the vendor's body shapes. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: Readonly<Record<string, unknown>>,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(typeof body.message === "string" ? body.message : `status ${status}`);
  }
}

export interface FieldError {
  field?: string;
  code: string;
  message: string;
}

const generic = "Request could not be processed.";

/** `{code, message}`: most refusals of AuthKit operations. */
export function refuse(status: number, code: string, message = generic): ApiError {
  return new ApiError(status, { code, message });
}

export function notFound(thing: string, id: string): ApiError {
  return new ApiError(404, { message: `${thing} not found: '${id}'.`, code: "entity_not_found", entity_id: id });
}

/** `{code, message, errors: [{code, message}]}`: what creating a user and setting a password answer. */
export function refuseWithList(code: string, errors: readonly FieldError[]): ApiError {
  return new ApiError(400, { code, message: "Validation failed.", errors });
}

/** `withoutCode`: as the specification has it for creating an API key. */
export function invalidParameters(errors: readonly FieldError[], withoutCode = false): ApiError {
  const message = "Validation failed.";
  return withoutCode
    ? new ApiError(422, { message, errors: errors.map((error) => ({ field: "body", ...error })) })
    : new ApiError(422, { code: "invalid_request_parameters", message, errors });
}

export function unauthorized(): ApiError {
  return new ApiError(401, {
    message: "Could not authorize the request. Maybe your API key is invalid?",
  });
}

/** `{error, error_description}`: the failures that OAuth 2 and its extensions name. */
export function oauthError(
  error: string,
  description?: string,
  more: Readonly<Record<string, unknown>> = {},
): ApiError {
  const error_description = description ?? `The request failed due to: ${error}.`;
  return new ApiError(400, { error, error_description, ...more });
}
