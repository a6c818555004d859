import { z } from "zod";
import { type AnyEndpoint } from "../../api/endpoint";

/** The schema of an endpoint's request body. */
export function bodyOf({ body }: AnyEndpoint): z.ZodObject {
  if (body instanceof z.ZodObject) return body;
  throw new Error("the endpoint declares no body");
}
