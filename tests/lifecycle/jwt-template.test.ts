/** The one template of an environment: taken over as it is, and put back. */
import { PartialFailure } from "../../provider/lifecycle";
import { failure } from "../support/life";
import { useWorld } from "../support/world";
import { startRun, takeWrites } from "./support/run";

const current = useWorld();
const before = '{ "before": true }';
const content = '{ "urn:app:email": "{{ user.email }}" }';
const template = () => current().control.state().jwtTemplate?.content;

it("says that it takes over what is there, keeps it, and puts it back", async () => {
  await current().api.jwtTemplate.update({ content: before });
  const { said, life } = startRun(current());
  const { id, outs } = await life("JwtTemplate").create({ content });
  expect([template(), outs.adopted, outs.previousContent]).toEqual([content, true, before]);
  expect(said).toEqual([
    "Adopted the JWT template of the environment (jwt_template): content changed. What it was before is kept in previousContent, and put back when this is removed from the program.",
  ]);
  const updated = await life("JwtTemplate").update(id, outs, { content: "{}" });
  expect(updated.previousContent).toBe(before);
  const later = startRun(current());
  await later.life("JwtTemplate").remove(id, updated);
  expect(template()).toBe(before);
  expect(later.said).toEqual([
    "The JWT template of the environment is what it was when this resource took it over; new access tokens follow it.",
  ]);
});

it("is not written to where it is what is declared already", async () => {
  await current().api.jwtTemplate.update({ content });
  current().wire.clear();
  const { said, life } = startRun(current());
  await life("JwtTemplate").create({ content });
  expect(takeWrites(current())).toEqual([]);
  expect(said).toEqual(["Adopted the JWT template of the environment (jwt_template)."]);
});

it("stays where the program says so", async () => {
  await current().api.jwtTemplate.update({ content: before });
  const { life } = startRun(current());
  const { id, outs } = await life("JwtTemplate").create({ content, onDestroy: "retain" });
  const later = startRun(current());
  await later.life("JwtTemplate").remove(id, outs);
  expect(template()).toBe(content);
  expect(later.said).toEqual([
    "The JWT template of the environment stays as it is: WorkOS has no operation that deletes it. Access tokens keep its claims.",
  ]);
});

it("is emptied where there was none", async () => {
  const { id, outs } = await startRun(current()).life("JwtTemplate").create({ content });
  expect([outs.adopted, outs.previousContent]).toEqual([false, undefined]);
  const { said, life } = startRun(current());
  await life("JwtTemplate").remove(id, outs);
  expect(template()).toBe("{}");
  expect(said).toEqual([expect.stringContaining("is empty now, since WorkOS has no operation that deletes it")]);
});

it("that WorkOS refuses leaves the former one there, remembered, and the error says what is wrong with it", async () => {
  await current().api.jwtTemplate.update({ content: before });
  const error = await failure(startRun(current()).life("JwtTemplate").create({ content: '{ "a": }' }));
  expect(error.message).toContain(
    "422 invalid_request_parameters: Invalid JWT template: it does not render to a JSON object",
  );
  expect(error).toBeInstanceOf(PartialFailure);
  expect((error as PartialFailure).properties).toMatchObject({ content: before, previousContent: before });
  expect(template()).toBe(before);
});
