import { hashOf } from "../auth/secrets";
import { type Context } from "../context";
import { knownOrNew } from "../handlers/magic-auth";
import { type StoredUser } from "../store/entities";
import { pairKey } from "../store/store";
import { verifyEmail } from "../auth/grants";

/** Another service vouches for the address: the user is found or made, and the identity is remembered. */
export function fromProvider(provider: string, email: string, context: Context): StoredUser {
  const { store, ids, clock } = context;
  return store.write(() => {
    const user = knownOrNew(email, context);
    verifyEmail(user.id, context, clock.iso());
    const idp_id = hashOf(`${provider} ${user.id}`).slice(0, 21);
    if (store.identities.idsBy("idp", pairKey(provider, idp_id)).size === 0) {
      store.identities.put({ id: ids.make("identity"), user_id: user.id, provider, idp_id });
    }
    return user;
  });
}
