/** An ECMAScript module only, so that it is imported when it is first needed. */
export const expressions = () => import("@actions/expressions");
