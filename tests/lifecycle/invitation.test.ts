import { changed, type Life, lifeOf, noChange, refreshed } from "../support/life";
import { day } from "../support/virtual-clock";
import { useWorld } from "../support/world";

const current = useWorld();
const invitations = (): Life => lifeOf("Invitation", current());
const mails = () => current().control.mailbox.list();

async function invited(more: object = {}) {
  const organizationId = (await current().api.organizations.create({ name: "Acme" })).id;
  const inputs = { email: "ann@example.com", organizationId, roleSlug: "member", ...more };
  const { id, outs } = await invitations().create(inputs);
  current().wire.clear();
  return { inputs, id, outs };
}

describe("a pending invitation", () => {
  it("is one mail, in the declared language", async () => {
    await invited({ locale: "de" });
    expect(mails().map(({ to, locale }) => [to, locale])).toEqual([["ann@example.com", "de"]]);
  });

  it("is the same for an address in other letter case", async () => {
    const { inputs, outs } = await invited();
    expect(invitations().diff(outs, { ...inputs, email: "ANN@Example.com" })).toEqual(noChange);
  });

  it("is replaced, the old one ended first, when the role changes, so that the vendor takes the new one", async () => {
    const { inputs, id, outs } = await invited();
    const wanted = { ...inputs, roleSlug: "admin" };
    expect(invitations().diff(outs, wanted)).toEqual({
      changes: true,
      replaces: ["roleSlug"],
      deleteBeforeReplace: true,
    });
    await invitations().remove(id, outs);
    const { outs: next } = await invitations().create(wanted);
    expect(next.roleSlug).toBe("admin");
  });

  it("is replaced, the new one made first, when address and role change together", async () => {
    const { inputs, outs } = await invited();
    expect(invitations().diff(outs, { ...inputs, email: "ben@example.com", roleSlug: "admin" })).toEqual({
      changes: true,
      replaces: ["email", "roleSlug"],
      deleteBeforeReplace: false,
    });
  });

  it("shows the role of the pending membership, and is replaced where somebody has changed that", async () => {
    const { inputs, id, outs } = await invited();
    const [membership] = current().control.state().organizationMemberships;
    await current().api.organizationMemberships.update({ id: String(membership?.id), role_slug: "admin" });
    const found = await refreshed(invitations(), id, outs);
    expect(found.inputs).toEqual({ ...inputs, roleSlug: "admin" });
    expect(invitations().diff(found.props, inputs).replaces).toEqual(["roleSlug"]);
  });

  it("is not mailed again by what only the next mail takes up", async () => {
    const ivo = (await current().api.users.create({ email: "ivo@example.com" })).id;
    const { inputs, id, outs } = await invited({ resend: "1" });
    const wanted = { ...inputs, expiresInDays: 3, locale: "de", inviterUserId: ivo };
    current().wire.clear();
    const updated = await invitations().update(id, outs, wanted);
    expect(current().wire.all()).toEqual([]);
    expect(invitations().diff(updated, wanted)).toEqual(noChange);
    expect(await refreshed(invitations(), id, updated)).toEqual({ props: updated, inputs: wanted });
  });

  it("is mailed again once when resend changes, in the language declared by then", async () => {
    const { inputs, id, outs } = await invited({ resend: "1", locale: "en" });
    const wanted = { ...inputs, resend: "2", locale: "fr" };
    const updated = await invitations().update(id, outs, wanted);
    expect(mails().map(({ locale }) => locale)).toEqual(["en", "fr"]);
    expect(updated.token).not.toBe(outs.token);
    expect(invitations().diff(updated, wanted)).toEqual(noChange);
  });

  it("is not mailed again when resend is removed", async () => {
    const { inputs, id, outs } = await invited({ resend: "1" });
    await invitations().update(id, outs, changed(inputs, { resend: undefined }));
    expect(mails()).toHaveLength(1);
  });
});

describe("an accepted invitation", () => {
  async function accepted() {
    const { inputs, id, outs } = await invited({ resend: "1" });
    await current().api.invitations.accept({ id });
    const { props, inputs: reported } = await refreshed(invitations(), id, outs);
    current().wire.clear();
    return { inputs, id, props, reported };
  }

  it("stays, and nothing but address and organization can differ any more", async () => {
    const { inputs, props, reported } = await accepted();
    expect(props.state).toBe("accepted");
    expect(reported).toEqual(inputs);
    const later = { ...inputs, roleSlug: "admin", expiresInDays: 3, resend: "2", locale: "de" };
    expect(invitations().diff(props, later)).toEqual(noChange);
    expect(invitations().diff(props, { ...later, email: "ben@example.com" }).replaces).toEqual(["email"]);
  });

  it("is deleted without a write, and the membership stays", async () => {
    const { id, props } = await accepted();
    await invitations().remove(id, props);
    expect(current().wire.writes()).toEqual([]);
    expect(current().control.state().organizationMemberships).toMatchObject([{ status: "active" }]);
  });

  it("is deleted without an error where the state does not know of it yet", async () => {
    const { inputs, id, outs } = await invited();
    await current().api.invitations.accept({ id });
    await invitations().remove(id, outs);
    expect(invitations().diff(outs, inputs)).toEqual(noChange);
    expect(current().control.state().organizationMemberships).toMatchObject([{ status: "active" }]);
  });
});

describe("an invitation that cannot be accepted any more", () => {
  it("is gone when it was revoked", async () => {
    const { id, outs } = await invited();
    await current().api.invitations.revoke({ id });
    expect(await invitations().read(id, outs)).toEqual({ id: "" });
  });

  it("is gone when it has expired, and can be sent again", async () => {
    const { inputs, id, outs } = await invited({ expiresInDays: 2 });
    current().clock.advance(2 * day);
    expect(await invitations().read(id, outs)).toEqual({ id: "" });
    const { outs: next } = await invitations().create(inputs);
    expect(next.state).toBe("pending");
  });

  it("is deleted without an error", async () => {
    const { id, outs } = await invited({ expiresInDays: 2 });
    current().clock.advance(3 * day);
    await invitations().remove(id, outs);
  });
});
