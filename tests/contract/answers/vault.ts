import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { vault } = endpoints;

export function vaultAnswers(run: RunOf): void {
  const made = async (name = "db-password") =>
    run().call(vault.create, { name, value: "one", key_context: { tenant: "acme" } });

  test("a value is stored, read by both names, changed, described and deleted", async () => {
    const metadata = await made();
    expect(metadata).toMatchObject({ context: { tenant: "acme" } });
    const { id } = metadata;
    const object = { id, name: "db-password", metadata };
    expect(await run().call(vault.get, { id })).toEqual({ ...object, value: "one" });
    expect(await run().call(vault.getByName, { name: "db-password" })).toEqual({ ...object, value: "one" });
    expect(await run().call(vault.describe, { id })).toEqual(object);
    const version_check = metadata.version_id;
    const changed = await run().call(vault.update, { id, value: "two", version_check });
    expect(changed.metadata.version_id).not.toBe(version_check);
    expect(await run().call(vault.get, { id })).toEqual({ ...changed, value: "two" });
    const old = { id, version_check: version_check ?? "" };
    expect(await run().refused(vault.update, { ...old, value: "three" })).toMatchObject({ status: 409 });
    expect(await run().refused(vault.delete, old)).toMatchObject({ status: 409 });
    await run().call(vault.update, { id, value: "three" });
    expect(await run().call(vault.delete, { id })).toEqual({ success: true, name: "db-password" });
    for (const endpoint of [vault.get, vault.describe, vault.delete]) {
      expect(await run().refused(endpoint, { id })).toMatchObject({ status: 404 });
    }
    expect(await run().refused(vault.update, { id, value: "four" })).toMatchObject({ status: 404 });
    expect(await run().refused(vault.getByName, { name: "db-password" })).toMatchObject({ status: 404 });
  });

  test("a list has names by the page, and neither values nor contexts", async () => {
    const ids = [];
    for (const name of ["one", "two", "three"]) ids.push((await made(name)).id);
    const first = await run().call(vault.list, { limit: 2 });
    const next = await run().call(vault.list, { limit: 2, after: first.list_metadata.after ?? "" });
    expect([...first.data, ...next.data].map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(next.list_metadata.after).toBeNull();
    expect(Object.keys(first.data[0] ?? {}).sort()).toEqual(["id", "name", "updated_at"]);
    expect(await run().refused(vault.list, { limit: 101 })).toMatchObject({ status: 422 });
  });

  test("a taken name is a conflict, and too much of a context is refused", async () => {
    await made();
    const given = { name: "db-password", value: "one", key_context: {} };
    expect(await run().refused(vault.create, given)).toMatchObject({ status: 409 });
    const key_context = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`key${at}`, "x"]));
    expect(await run().refused(vault.create, { ...given, name: "other", key_context })).toMatchObject({ status: 422 });
  });
}
