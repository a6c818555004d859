/** The pages of signing in by name, each with what it shows. */
import { type Face } from "./page";

export type View =
  | { readonly name: "sign-in"; readonly email: string }
  | ({ readonly name: "sign-up"; readonly email: string; readonly invited: boolean } & Names)
  | { readonly name: "accounts"; readonly faces: readonly Face[] }
  | { readonly name: "forgot"; readonly email: string }
  | { readonly name: "forgot-sent"; readonly email: string }
  | ({ readonly name: "elsewhere"; readonly email: string } & Elsewhere & Names)
  | { readonly name: "emailed-code"; readonly email: string; readonly again?: boolean }
  | { readonly name: "verify"; readonly token: string; readonly email: string; readonly again?: boolean }
  | { readonly name: "totp"; readonly token: string; readonly challengeId: string }
  | { readonly name: "enroll"; readonly token: string; readonly secret: string; readonly user: string }
  | {
      readonly name: "organization";
      readonly token: string;
      readonly organizations: readonly { id: string; name: string }[];
    }
  | { readonly name: "sso"; readonly token: string; readonly email: string };

/** What a person has typed already, so that a refusal does not ask for it again. */
export interface Names {
  readonly firstName?: string;
  readonly lastName?: string;
}

/** Another service, which this page stands in for. */
export interface Elsewhere {
  readonly from: "provider" | "connection";
  readonly id: string;
  /** By which people know it. */
  readonly service: string;
}

/** Shown as the issuer in an authenticator app. */
export const totpIssuer = "Local AuthKit";

/** `GoogleOAuth` as people say it. */
export const providerName = (provider: string): string =>
  provider.replace(/OAuth$/, "").replace(/([a-z])(Marketplace)$/, "$1 $2");

export const isOneOf = <T extends string>(all: readonly T[], value: string): value is T =>
  all.some((one) => one === value);
