/** An ECMAScript module only. */
export const openidClient = () => import("openid-client");
