/** Everybody who has access to an organization becomes its roster, by the organization's id. */
import { z } from "zod";
import { isNotFound } from "../../api/http/errors";
import { idOf } from "../declare/shapes";
import { type Context, importMark, notImportedBy, type Read } from "../lifecycle";
import { readLive } from "./current-people";
import { enrolled } from "./enrolled";
import { situationOf } from "./lifecycle";
import { plan } from "./plan";
import { recordOfRun } from "./record";

/**
 * What is recorded is what a first run of the same roster would leave behind that has found everything as declared. Who
 * cannot be in a roster is outside of it, as there.
 * @throws where the id has another form than an organization's.
 */
export async function imported(id: string, context: Context): Promise<Read> {
  const organization = idOf("org_");
  if (!organization.schema(z).safeParse(id).success) {
    throw notImportedBy(id, "roster", organization.form ?? "", "the id of its organization");
  }
  try {
    const live = await readLive(context.api, id, () => false);
    const roster = { organizationId: id, members: Object.fromEntries(enrolled(live).members) };
    const situation = { ...situationOf(roster, new Map(), context), live };
    const nothingDone = { progress: new Map(), failed: new Map() };
    const state = recordOfRun(situation, plan(situation), nothingDone, roster);
    return { id, props: { ...state, [importMark]: true }, inputs: { ...roster } };
  } catch (error) {
    if (isNotFound(error)) return { id: "" };
    throw error;
  }
}
