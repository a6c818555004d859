/** The planner, case by case: who is there, what is declared, and what has to be done. */
import { Live, type Person } from "../../provider/roster/current-people";
import { type Situation, type Step } from "../../provider/roster/change";
import { plan } from "../../provider/roster/plan";
import { type Member } from "../../provider/roster/roster";
import { type Entry } from "../../provider/roster/state";
import { situation } from "./support/simulation";

const ann = "ann@example.com";
const member = (more: Partial<Person> = {}): Person => ({
  email: ann,
  userId: "user_1",
  membershipId: "om_1",
  status: "active",
  roles: ["member"],
  ...more,
});
const invited = (more: Partial<Person> = {}) => member({ status: "pending", invitationId: "invitation_1", ...more });
/** Invited without a user, as where inviting makes none. */
const addressed = (more: Partial<Person> = {}): Person => ({
  email: ann,
  status: "pending",
  roles: ["member"],
  invitationId: "invitation_1",
  ...more,
});
const recorded = (more: Partial<Entry> = {}): Entry => ({
  status: "active",
  userId: "user_1",
  accessId: "om_1",
  roles: ["member"],
  rolesDeclared: true,
  ...more,
});
const byInvitation = { roles: ["member"], via: "invitation" } as const;

interface Case {
  readonly what: string;
  readonly live?: Person;
  /** Left out: nobody is declared. */
  readonly declared?: Member;
  /** By what was ours at the last run; left out, this is the first. */
  readonly entry?: Entry;
  readonly options?: Partial<Situation>;
  /** Effect and steps; nothing where nothing has to be done. */
  readonly does?: string;
  readonly notes?: readonly string[];
}

const adopted = ["adopted"];

describe.each<{ of: string; cases: readonly Case[] }>([
  {
    of: "somebody declared, who is not there",
    cases: [
      { what: "is enrolled", declared: { roles: ["member"] }, does: "adds: enrol as member" },
      { what: "is enrolled with the default role", declared: {}, does: "adds: enrol" },
      { what: "is enrolled as an admin", declared: { roles: ["admin"] }, does: "grants admin: enrol as admin" },
      {
        what: "is enrolled suspended, and then is no admin",
        declared: { roles: ["admin"], status: "inactive" },
        does: "adds: enrol as admin, inactive",
      },
      { what: "is invited", declared: byInvitation, does: "invites: invite as member" },
      {
        what: "is invited as an admin",
        declared: { ...byInvitation, roles: ["admin"] },
        does: "grants admin: invite as admin",
      },
      {
        what: "is enrolled again, when the record still has them",
        declared: { roles: ["member"] },
        entry: recorded(),
        does: "adds: enrol as member",
      },
    ],
  },
  {
    of: "somebody declared, who is active",
    cases: [
      { what: "is taken over as they are", live: member(), declared: { roles: ["member"] }, notes: adopted },
      { what: "is left alone", live: member(), declared: { roles: ["member"] }, entry: recorded() },
      {
        what: "keeps roles that are not declared",
        live: member({ roles: ["admin"] }),
        declared: {},
        entry: recorded(),
      },
      {
        what: "has the same roles in another order",
        live: member({ roles: ["admin", "member"] }),
        declared: { roles: ["member", "admin"] },
        entry: recorded(),
      },
      {
        what: "gets other roles",
        live: member(),
        declared: { roles: ["viewer", "member"] },
        entry: recorded(),
        does: "changes roles: roles om_1 viewer+member",
      },
      {
        what: "becomes an admin",
        live: member(),
        declared: { roles: ["admin"] },
        entry: recorded(),
        does: "grants admin: roles om_1 admin",
      },
      {
        what: "is no admin any more",
        live: member({ roles: ["admin"] }),
        declared: { roles: ["member"] },
        entry: recorded(),
        does: "demotes: roles om_1 member",
      },
      {
        what: "is suspended",
        live: member(),
        declared: { roles: ["member"], status: "inactive" },
        entry: recorded(),
        does: "suspends: deactivate om_1",
      },
      {
        what: "is suspended as an admin",
        live: member({ roles: ["admin"] }),
        declared: { roles: ["admin"], status: "inactive" },
        entry: recorded(),
        does: "suspends admin: deactivate om_1",
      },
      { what: "has accepted the invitation", live: member(), declared: byInvitation, entry: recorded() },
    ],
  },
  {
    of: "somebody declared, who is suspended",
    cases: [
      {
        what: "is let in again",
        live: member({ status: "inactive" }),
        declared: { roles: ["member"] },
        entry: recorded(),
        does: "readmits: reactivate om_1",
      },
      {
        what: "is let in again with other roles, which come first",
        live: member({ status: "inactive" }),
        declared: { roles: ["admin"] },
        entry: recorded(),
        does: "readmits admin: roles om_1 admin, reactivate om_1",
      },
      {
        what: "stays suspended",
        live: member({ status: "inactive" }),
        declared: { roles: ["member"], status: "inactive" },
        entry: recorded(),
      },
      {
        what: "stays suspended and gets other roles",
        live: member({ status: "inactive" }),
        declared: { roles: ["admin"], status: "inactive" },
        entry: recorded(),
        does: "changes roles: roles om_1 admin",
      },
    ],
  },
  {
    of: "somebody declared, who is invited",
    cases: [
      { what: "stays invited", live: invited(), declared: byInvitation, entry: recorded({ status: "pending" }) },
      { what: "is taken over as invited", live: invited(), declared: byInvitation, notes: adopted },
      {
        what: "is not enrolled besides",
        live: invited(),
        declared: { roles: ["member"] },
        entry: recorded({ status: "pending" }),
      },
      {
        what: "gets another role on the pending membership, without a mail",
        live: invited(),
        declared: { ...byInvitation, roles: ["viewer"] },
        entry: recorded({ status: "pending" }),
        does: "changes roles: roles om_1 viewer",
      },
      {
        what: "gets another role by another invitation, where there is no membership",
        live: addressed(),
        declared: { ...byInvitation, roles: ["viewer"] },
        does: "changes roles: invite as viewer instead of invitation_1",
        notes: adopted,
      },
      {
        what: "has the first of several roles, which is all that an invitation carries",
        live: addressed(),
        declared: { ...byInvitation, roles: ["member", "viewer"] },
        notes: adopted,
      },
      {
        what: "cannot be suspended before they accept",
        live: invited(),
        declared: { roles: ["member"], status: "inactive" },
        entry: recorded({ status: "pending" }),
        notes: ["waiting"],
      },
    ],
  },
  {
    of: "somebody declared, whose invitation has expired",
    cases: [
      {
        what: "is invited again",
        live: invited({ status: "expired", invitationId: undefined }),
        declared: byInvitation,
        entry: recorded({ status: "expired" }),
        does: "invites: invite as member",
      },
      {
        what: "is not invited a fourth time",
        live: invited({ status: "stale", invitationId: undefined }),
        declared: byInvitation,
        entry: recorded({ status: "stale" }),
        notes: ["stale"],
      },
      {
        what: "is enrolled instead, the dead membership going first",
        live: invited({ status: "stale", invitationId: undefined }),
        declared: { roles: ["member"] },
        entry: recorded({ status: "stale" }),
        does: "adds: enrol as member instead of om_1",
      },
    ],
  },
  {
    of: "somebody declared, whom a directory sync manages",
    cases: [
      {
        what: "is left alone without a word when nothing differs",
        live: member({ directoryManaged: true }),
        declared: { roles: ["member"] },
        entry: recorded(),
      },
      {
        what: "is left alone and named when roles differ",
        live: member({ directoryManaged: true }),
        declared: { roles: ["admin"] },
        entry: recorded(),
        notes: ["directory"],
      },
      {
        what: "is left alone and named when suspended there",
        live: member({ directoryManaged: true, status: "inactive" }),
        declared: { roles: ["member"] },
        entry: recorded(),
        notes: ["directory"],
      },
    ],
  },
  {
    of: "somebody recorded, who is not declared any more",
    cases: [
      { what: "is suspended", live: member(), entry: recorded(), does: "suspends: deactivate om_1" },
      {
        what: "is removed by delete",
        live: member(),
        entry: recorded(),
        options: { onRemove: "delete" },
        does: "removes: end om_1",
      },
      {
        what: "is removed as an admin",
        live: member({ roles: ["admin"] }),
        entry: recorded(),
        options: { onRemove: "delete" },
        does: "removes admin: end om_1",
      },
      { what: "is suspended already", live: member({ status: "inactive" }), entry: recorded() },
      {
        what: "goes by delete although suspended",
        live: member({ status: "inactive" }),
        entry: recorded(),
        options: { onRemove: "delete" },
        does: "removes: end om_1",
      },
      {
        what: "is no longer invited, membership and all",
        live: invited(),
        entry: recorded({ status: "pending" }),
        does: "takes back: end om_1 and invitation_1",
      },
      {
        what: "is no longer invited where there is no membership",
        live: addressed(),
        entry: recorded({ status: "pending", userId: undefined }),
        does: "takes back: end invitation_1",
      },
      { what: "has left by themselves", entry: recorded() },
      {
        what: "stays with the directory that manages them",
        live: member({ directoryManaged: true }),
        entry: recorded(),
        notes: ["directory"],
      },
      {
        what: "goes under the address they have now",
        live: member({ email: "anna@example.com" }),
        entry: recorded(),
        does: "suspends: deactivate om_1",
      },
    ],
  },
  {
    of: "somebody of whom neither program nor record says anything",
    cases: [
      { what: "is none of an additive roster's business", live: member() },
      {
        what: "stays when an authoritative roster sees them first",
        live: member(),
        options: { mode: "authoritative" },
      },
      {
        what: "goes once a refresh of an authoritative roster has shown them",
        live: member(),
        entry: recorded({ extra: true, rolesDeclared: undefined }),
        options: { mode: "authoritative" },
        does: "suspends: deactivate om_1",
      },
      {
        what: "stays when the roster has become additive since",
        live: member(),
        entry: recorded({ extra: true, rolesDeclared: undefined }),
      },
    ],
  },
  {
    of: "profiles",
    cases: [
      {
        what: "of users that the roster made are kept up to date",
        live: member({ profile: { firstName: "Ann" } }),
        declared: { firstName: "Anna" },
        entry: recorded({ created: true, rolesDeclared: undefined }),
        does: "profile: profile user_1 firstName",
      },
      {
        what: "of users that were there before are left alone, which is said once",
        live: member({ profile: { firstName: "Ann" } }),
        declared: { firstName: "Anna" },
        notes: ["adopted", "profile"],
      },
      {
        what: "of users that were there before are set by manageProfiles",
        live: member({ profile: { firstName: "Ann", lastName: "Lee" } }),
        declared: { firstName: "Anna", lastName: "Lee" },
        entry: recorded({ rolesDeclared: undefined }),
        options: { manageProfiles: true },
        does: "profile: profile user_1 firstName",
      },
    ],
  },
])("$of", ({ cases }) => {
  it.each(cases)("$what", ({ live, declared, entry, options, does, notes = [] }) => {
    const { changes, notes: said } = plan(
      situation({
        desired: declared ? { [ann]: declared } : {},
        live: new Live(live ? [live] : [], "Acme"),
        entries: new Map(entry ? [[ann, entry]] : []),
        ...options,
      }),
    );
    expect(changes.map(({ effect, steps }) => `${effect}: ${steps.map(shown).join(", ")}`)).toEqual(does ? [does] : []);
    expect(said.map(({ reason }) => reason)).toEqual(notes);
  });
});

describe("a person whose address has changed", () => {
  const now = "anna@example.com";
  const renamed = new Live([member({ email: now })], "Acme");
  const entries = new Map([[ann, recorded()]]);

  it("is followed by user id, and the plan says which address they have now", () => {
    const { changes, notes } = plan(situation({ desired: { [ann]: { roles: ["member"] } }, live: renamed, entries }));
    expect(changes).toEqual([]);
    expect(notes).toEqual([{ reason: "renamed", email: ann, now }]);
  });

  it("is no removal and no addition when the program names the new one", () => {
    const { changes } = plan(situation({ desired: { [now]: { roles: ["member"] } }, live: renamed, entries }));
    expect(changes).toEqual([]);
  });

  it("is another person than whoever has the old one now, when the program names both", () => {
    const other = member({ userId: "user_2", membershipId: "om_2" });
    const live = new Live([member({ email: now }), other], "Acme");
    const desired = { [ann]: { roles: ["member"] }, [now]: { roles: ["admin"] } };
    const { changes, who } = plan(situation({ desired, live, entries }));
    expect([who.get(ann)?.userId, who.get(now)?.userId]).toEqual(["user_2", "user_1"]);
    expect(changes.map(({ email, effect }) => `${effect} ${email}`)).toEqual([`grants admin ${now}`]);
  });
});

/** A step in few words. */
function shown(step: Step): string {
  switch (step.do) {
    case "enrol":
      return [
        "enrol",
        step.member.roles ? ` as ${step.member.roles.join("+")}` : "",
        step.member.status === "inactive" ? ", inactive" : "",
        step.dead === undefined ? "" : ` instead of ${step.dead}`,
      ].join("");
    case "invite":
      return `invite as ${step.member.roles?.join("+")}${step.revoke === undefined ? "" : ` instead of ${step.revoke}`}`;
    case "roles":
      return `roles ${step.membershipId} ${step.roles.join("+")}`;
    case "end":
      return `end ${[step.membershipId, step.invitationId].filter((id) => id !== undefined).join(" and ")}`;
    case "profile":
      return `profile ${step.userId} ${Object.keys(step.profile).join("+")}`;
    case "join":
      return `join ${step.group} (${step.groupId})`;
    case "leave":
      return `leave ${step.group} (${step.groupId})`;
    default:
      return `${step.do} ${step.membershipId}`;
  }
}
