/** What a customer's administrator does in the vendor's portal, and what the customer's provider tells. */
import { z } from "zod";
import { connectionStates, type ConnectionObject, type DirectoryObject, directoryStates } from "../../api/schemas";
import { type Context } from "../context";
import { notFound, refuse } from "../errors";
import { presentConnection, presentDirectory } from "../handlers/present";
import { seedSchema } from "../seed/schema";
import { addConnection, addDirectory, changeConnection, changeDirectory, endDirectory } from "./make";
import { directoryPush, type DirectoryPushInput, push } from "./push";

export const newConnection = seedSchema.shape.connections.unwrap().element;
export const connectionChange = z.strictObject({
  name: z.string().min(1).optional(),
  state: z.enum(connectionStates).optional(),
  domains: z.array(z.string()).optional(),
});
export const newDirectory = seedSchema.shape.directories
  .unwrap()
  .element.extend({ provision: z.boolean().default(true) });
export const directoryChange = z.strictObject({
  name: z.string().min(1).optional(),
  state: z.enum(directoryStates).optional(),
});

export interface ConnectionControls {
  /** In an organization that is there. @throws where it, or something else, is not as it has to be. */
  create(connection: z.input<typeof newConnection>): ConnectionObject;
  /** Changes what is given. */
  update(id: string, changes: z.input<typeof connectionChange>): ConnectionObject;
  delete(id: string): void;
}

export interface DirectoryControls {
  /** With who is in it; unless `provision` is false, its active users become users and members. */
  create(directory: z.input<typeof newDirectory>): DirectoryObject;
  /** Changes what is given. */
  update(id: string, changes: z.input<typeof directoryChange>): DirectoryObject;
  /** What the customer's provider tells of users and groups: made, changed, deleted. All of it, or nothing. */
  push(id: string, changes: DirectoryPushInput): DirectoryObject;
  /** With its users and groups; who was provisioned stays a member. */
  delete(id: string): void;
}

/** @param settled the context, with all done that is due. */
export function connectionControls(settled: () => Context): ConnectionControls {
  const existing = (id: string) => {
    const found = settled().store.connections.get(id);
    if (found === undefined) throw notFound("Connection", id);
    return found;
  };
  return {
    create: (given) => {
      const parsed = newConnection.parse(given);
      const context = settled();
      requireOrganization(parsed.organization, context);
      if (context.store.connections.get(parsed.id ?? "") !== undefined) throw taken(parsed.id ?? "");
      return presentConnection(addConnection(parsed, context));
    },
    update: (id, given) =>
      presentConnection(changeConnection(existing(id), withoutGaps(connectionChange.parse(given)), settled())),
    delete: (id) => {
      existing(id);
      const { store } = settled();
      store.write(() => store.connections.delete(id));
    },
  };
}

export function directoryControls(settled: () => Context): DirectoryControls {
  const existing = (id: string) => {
    const found = settled().store.directories.get(id);
    if (found === undefined) throw notFound("Directory", id);
    return found;
  };
  return {
    create: (given) => {
      const parsed = newDirectory.parse(given);
      const context = settled();
      requireOrganization(parsed.organization, context);
      if (context.store.directories.get(parsed.id ?? "") !== undefined) throw taken(parsed.id ?? "");
      return presentDirectory(addDirectory(parsed, context), context);
    },
    update: (id, given) =>
      presentDirectory(changeDirectory(existing(id), withoutGaps(directoryChange.parse(given)), settled()), settled()),
    push: (id, given) => {
      push(existing(id), directoryPush.parse(given), settled());
      return presentDirectory(existing(id), settled());
    },
    delete: (id) => endDirectory(existing(id), settled()),
  };
}

/** What is given as `undefined` is not given. */
function withoutGaps<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}

function requireOrganization(id: string, { store }: Context): void {
  if (store.organizations.get(id) === undefined) throw notFound("Organization", id);
}

const taken = (id: string) => refuse(409, "id_taken", `There is '${id}' already.`);
