/** Signing in without a page: for tests without a browser, where the switch `authorize` says so. */
import { foldAddress } from "../../api/address";
import { requireMember, organizationsOf } from "../auth/sign-in";
import { type Context } from "../context";
import { oauthError } from "../errors";
import { type StoredUser } from "../store/entities";
import { byConnection, resume, type SignedIn } from "./flow";
import { firstPerson } from "./people";
import { type Request } from "./request";
import { fromProvider } from "./sign-up";

/**
 * The person of the invitation or of `login_hint`, or the first, with all steps passed; of several organizations the
 * first.
 *
 * @throws ApiError that says whom there is not.
 */
export function atOnce(request: Request, context: Context): SignedIn {
  const signIn = signInOf(request, context);
  const organizationId = signIn.organization_id ?? organizationsOf(signIn.user_id, context)[0]?.id ?? null;
  if (organizationId !== null) requireMember(signIn.user_id, organizationId, context);
  return { ...signIn, organization_id: organizationId };
}

function signInOf(request: Request, context: Context): SignedIn {
  const { provider, connection } = request;
  const email = context.store.invitations.by("token", request.invitationToken ?? "")[0]?.email ?? request.loginHint;
  const authenticated_at = context.clock.iso();
  const profile = () => ({ email: email === "" ? person("", request, context).email : email, ...noNames });
  if (connection !== undefined) return byConnection(connection, profile(), request, context);
  const method = provider ?? "Password";
  const user = provider === undefined ? person(email, request, context) : fromProvider(provider, profile(), context);
  return resume({ user_id: user.id, method, authenticated_at }, request, context);
}

const noNames = { firstName: null, lastName: null };

function person(email: string, { organizationId }: Request, context: Context): StoredUser {
  const user =
    email === "" ? firstPerson(organizationId, context) : context.store.users.by("email", foldAddress(email))[0];
  if (user !== undefined) return user;
  const whom = email === "" ? "There is nobody to sign in" : `There is no user with the email ${email}`;
  throw oauthError("login_required", `${whom}: create one first, or name another by login_hint.`);
}
