import { endpoints } from "../../../api/endpoints/index";
import { type RunOf } from "./run-of";

const { jwtTemplate } = endpoints;

export function jwtTemplateAnswers(run: RunOf): void {
  test("there is none, until one is put there; and then there is one", async () => {
    expect(await run().refused(jwtTemplate.get, {})).toMatchObject({ status: 404 });
    const content = '{ "email": "{{ user.email }}", "tier": {{ organization.metadata.tier || \'free\' }} }';
    const made = await run().call(jwtTemplate.update, { content });
    expect(made).toMatchObject({ object: "jwt_template", content });
    expect(await run().call(jwtTemplate.get, {})).toEqual(made);
    run().control.clock.advance(1000);
    const changed = await run().call(jwtTemplate.update, { content: "{}" });
    expect(changed).toMatchObject({ content: "{}", created_at: made.created_at });
    expect(changed.updated_at).not.toBe(made.updated_at);
  });

  test.each(['{ "email": }', "[1]", "text", "", '{ "email": "{{ user.email" }', '{ "a": {{ user.email }'])(
    "what renders to no JSON object is refused as documented: %s",
    async (content) => {
      const refused = { status: 422, code: "invalid_request_parameters" };
      expect(await run().refused(jwtTemplate.update, { content })).toMatchObject(refused);
    },
  );

  test("what is no text is 422", async () => {
    expect(await run().refused(jwtTemplate.update, { content: {} })).toMatchObject({ status: 422 });
  });
}
