/** What the vendor tells of Radar: that it doubts a sign-in, and asks for the code in a mail. */
import { type Context } from "../context";
import { type Meaning } from "../event-meanings";
import { type StoredRadarChallenge } from "../store/auth-entities";
import { type Visitor } from "./tell";

export const radarMeanings: { readonly radarChallenges: Meaning<StoredRadarChallenge> } = {
  /** A challenge by text message has no event of the vendor's. */
  radarChallenges: (before, after) => {
    if (before !== undefined || after?.phone_number !== null) return [];
    const { id: radar_challenge_id, user_id, email } = after;
    return [{ event: "radar.challenge_created", data: { type: "email", radar_challenge_id, user_id, email } }];
  },
};

/** Here it is the switch that doubts a sign-in, so that no block list is named. */
export function tellRisk(user_id: string, { ip_address, user_agent }: Visitor, { store, events }: Context): void {
  const email = store.users.get(user_id)?.email ?? "";
  const verdict = { auth_method: "password", action: "login", control: "challenge", blocklist_type: null };
  events.add({
    event: "authentication.radar_risk_detected",
    data: { ...verdict, ip_address, user_agent, user_id, email },
  });
}
