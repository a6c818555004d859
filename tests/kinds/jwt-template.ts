import fc from "fast-check";
import { endpoints } from "../../api/endpoints";
import { bodyOf } from "./body-of";
import { type Row } from "./row";

const path = "/user_management/jwt_template";
const content = '{ "urn:app:email": "{{ user.email }}" }';
const put = (text: string) => [{ method: "PUT", path, body: { content: text } }];

export const jwtTemplate: Row = {
  inputs: () => Promise.resolve({ content }),
  fields: {
    content: {
      to: '{ "urn:app:name": {{ user.first_name }} }',
      sends: put('{ "urn:app:name": {{ user.first_name }} }'),
      drift: {
        behind: ({ world }) => world.api.jwtTemplate.update({ content: '{ "else": true }' }),
        reported: { content: '{ "else": true }' },
      },
    },
    onDestroy: { given: { onDestroy: "retain" }, to: "restore", sends: [], removal: [] },
  },
  touch: async ({ world }) => {
    await world.api.jwtTemplate.update({ content: "{}" });
    await world.api.jwtTemplate.update({ content });
  },
  end: ({ world }) => Promise.resolve(world.control.removeJwtTemplate()),
  // There was none before, and there is no way back to that.
  deletes: put("{}"),
  stays: true,
  count: (world) => (world.control.state().jwtTemplate ? 1 : 0),
  accepted: { content },
  random: () => ({ content: fc.constantFrom(content, "{}", '{ "tier": "{{ organization.metadata.tier }}" }') }),
  bodies: { create: bodyOf(endpoints.jwtTemplate.update), updates: [bodyOf(endpoints.jwtTemplate.update)] },
  everything: [{ content, onDestroy: "restore" }],
};
