/** A Pulumi project of its own against a local AuthKit of its own, and what tests ask of both. */
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator";
import { type Api, createApi } from "../../../api";
import { type CommandResult, Project, type ProjectOptions } from "../../support/engine";
import { addPlugin, plugin } from "../../support/plugin";

export interface Stack {
  readonly project: Project;
  readonly emulator: Emulator;
  /** The vendor's side, for changes behind the program's back. */
  readonly api: Api;
  end(): Promise<void>;
}

export interface StackOptions extends Partial<ProjectOptions> {
  readonly emulator?: EmulatorOptions;
  /** Whether the native plugin is there. Default: as `entry` needs it. */
  readonly plugin?: boolean;
}

export async function startStack({
  emulator: emulatorOptions,
  plugin: needed,
  ...options
}: StackOptions = {}): Promise<Stack> {
  const hasPlugin = needed ?? options.entry === "native";
  const emulator = await startEmulator(emulatorOptions);
  const api = createApi({ apiKey: emulator.apiKey, baseUrl: emulator.url });
  try {
    const project = await Project.create({
      program: "",
      stackConfig: {
        "workos:apiKey": { value: emulator.apiKey, secret: true },
        "workos:baseUrl": { value: emulator.url },
      },
      ...(hasPlugin ? { settings: plugin } : {}),
      ...options,
    });
    if (hasPlugin) addPlugin(project);
    const end = async () => {
      await project.remove();
      await api.close();
      await emulator.close();
    };
    return { project, emulator, api, end };
  } catch (error) {
    await api.close();
    await emulator.close();
    throw error;
  }
}

/** One stack for all tests of a file, which then tell one story in their order. */
export function sharedStack(options: StackOptions = {}): () => Stack {
  let stack: Stack | undefined;
  beforeAll(async () => {
    stack = await startStack(options);
  });
  afterAll(() => stack?.end());
  return () => {
    if (!stack) throw new Error("the stack is not there");
    return stack;
  };
}

/** The operations that were asked of the vendor, in order. */
export const asked = ({ emulator }: Stack): string[] =>
  emulator.control.requests.list().map(({ operation }) => operation ?? "nothing that there is");

/** All that a preview asks of whatever is declared: whether the key works, and which roles there are. */
export const previewRead = "AuthorizationRolesController_list";

/** Gives the result when the command succeeded, and otherwise fails with what it printed. */
export async function ok(command: Promise<CommandResult>): Promise<CommandResult> {
  const result = await command;
  if (result.code !== 0) throw new Error(`ended with ${result.code}:\n${result.combined}`);
  return result;
}
