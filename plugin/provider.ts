/**
 * The provider that the engine talks to, for one environment: it turns the engine's calls into those of the lifecycles,
 * and nothing else. A preview asks for creates and updates as well: these answer what is known, and call nobody.
 */
import { createRequire } from "node:module";
import { CallError, type Calls, callsOf } from "../provider/calls";
import { settingsOf } from "../provider/config";
import { asShortAs, shortRecord } from "../provider/declare/recorded";
import type { State } from "../provider/declare/resource";
import { secretsOf } from "../provider/declare/secrecy";
import { unknownValue } from "../provider/declare/unknown";
import { declaring, Declarations, type Declarer, identified } from "../provider/duplicates";
import { type Host, hostOf } from "../provider/host";
import type { Lifecycle } from "../provider/lifecycle";
import { nativeLifecycles } from "../provider/native";
import { answer } from "./answers";
import { diffResponse } from "./diff";
import { aboutResource, engineLog } from "./engine-log";
import { EmptyMessage, type Grpc, messages, pluginMessages, type ProviderMessages, type Struct } from "./protocol";
import { changedSettings, secretSettings, settingMistakes } from "./settings";
import { decode, encode, encodeState, withSecretMark } from "./values";

export interface ProviderOptions {
  /** `HOST:PORT` of the engine; the process ends with it. */
  readonly engine?: string;
  readonly version: string;
  /** The schema, as JSON. */
  readonly schema: () => string;
}

/** A kind of resource, and how it is called. */
interface Served {
  readonly life: Lifecycle;
  readonly calls: Calls;
}

/** What a request says of the resource that it is about. */
interface About {
  getUrn(): string;
}

/**
 * The hidden input of programs whose classes put back what a state leaves out, as this package's do: in other languages
 * an output that is not recorded has no value. It is for the check alone, and is not recorded itself.
 */
const asksForShort = shortRecord;

export function providerService({ engine, version, schema }: ProviderOptions): Grpc.UntypedServiceImplementation {
  const host: Host = hostOf({ engine, ...engineLog(engine) });
  // Before anything is asked: an engine that is killed leaves its plugins behind.
  host.watch();
  const served = new Map([...nativeLifecycles].map(([kind, life]) => [kind, { life, calls: callsOf(life, host) }]));
  let cancelled = false;
  // Of one run: a program that is run again may have moved what it declares to another resource.
  let declarations = new Declarations();
  let declarers = new Map<string, Declarer>();
  const declarerOf = (urn: string): Declarer => {
    const declarer = declarers.get(urn) ?? { kind: kindOf(urn), name: urn.split("::").slice(3).join("::") };
    declarers.set(urn, declarer);
    return declarer;
  };
  /** URNs of resources that are recorded in short. */
  const short = new Set<string>();
  const recordable = (urn: string, { life }: Served, outs: State): State =>
    short.has(urn) && life.compact ? life.compact(outs) : outs;

  const missing = (what: string) =>
    `The installed version ${version} of pulumi-workos has no ${what}; the program or the stack was written for a newer one. Update the plugin.`;
  const servedFor = (urn: string): Served => {
    const found = served.get(kindOf(urn));
    if (found) return found;
    throw new Error(missing(`resource ${tokenOf(urn)}`));
  };
  /** Says what is said meanwhile beside the resource that the request is about. */
  const about =
    <Request extends About, Reply>(reply: (request: Request, kind: Served) => Promise<Reply> | Reply) =>
    (request: Request) =>
      aboutResource(request.getUrn(), () => reply(request, servedFor(request.getUrn())));
  /** The call in flight ends, and is recorded; none is begun any more. */
  const notCancelled = () => {
    if (cancelled) throw new Error("The run was cancelled; nothing further is begun.");
  };
  const halfDone = (
    request: About & { getProperties?(): Struct | undefined; getNews?(): Struct | undefined },
    properties: State,
  ) => {
    const inputs = decode(request.getNews?.() ?? request.getProperties?.());
    const kind = servedFor(request.getUrn());
    return encodeState(recordable(request.getUrn(), kind, properties), [...kind.life.secrets, ...inputs.secrets]);
  };

  return {
    handshake: answer(() => {
      const response = new messages.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),
    getPluginInfo: answer(() => {
      const info = new pluginMessages.PluginInfo();
      info.setVersion(version);
      return info;
    }),
    getSchema: answer(() => {
      const response = new messages.GetSchemaResponse();
      response.setSchema(schema());
      return response;
    }),
    checkConfig: answer((request: ProviderMessages.CheckRequest) => {
      const news = decode(request.getNews());
      const response = new messages.CheckResponse();
      // A key that was given in plain is none any more in what the engine records.
      response.setInputs(encode(news.values, [...news.secrets, ...secretSettings]));
      response.setFailuresList(failuresOf(settingMistakes(news.values)));
      return response;
    }),
    // Another key or another address is no other object: which environment a stack is in, its resources know.
    diffConfig: answer((request: ProviderMessages.DiffRequest) => {
      const [olds, news] = [
        decode(request.getOldInputs() ?? request.getOlds()).values,
        decode(request.getNews()).values,
      ];
      const changed = changedSettings(olds, news);
      const details = changed.map((name) => ({ path: [name], kind: "update" as const }));
      return diffResponse({ changes: changed.length > 0, replaces: [], deleteBeforeReplace: false }, details, olds);
    }),
    configure: answer((request: ProviderMessages.ConfigureRequest) => {
      host.configure(settingsOf(decode(request.getArgs()).values));
      declarations = new Declarations();
      declarers = new Map();
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),
    invoke: answer(async (request: ProviderMessages.InvokeRequest) => {
      // With what look-ups stand on, which most programs have no use for.
      const { answerOf, lookupFor } = createRequire(__filename)("./lookups") as typeof import("./lookups");
      const token = request.getTok();
      const lookup = lookupFor(token);
      if (!lookup) throw new Error(missing(`look-up ${token}`));
      const asked = {
        given: decode(request.getArgs()).values,
        preview: request.getPreview(),
        outputs: () => answeredBy(schema(), token),
      };
      const found = await answerOf(lookup, asked, host);
      const response = new messages.InvokeResponse();
      if (typeof found === "string") response.setFailuresList(failuresOf([found]));
      else response.setReturn(encode(found.values, found.secrets));
      return response;
    }),
    check: answer(
      about(async (request: ProviderMessages.CheckRequest, { life, calls }) => {
        const [olds, given] = [decode(request.getOlds()), decode(request.getNews())];
        const { [asksForShort]: asked, ...values } = given.values;
        if (asked === true) short.add(request.getUrn());
        const news = { ...given, values };
        const { inputs, failures } = await calls.checkNow(
          withSecretMark(olds, life.secrets),
          withSecretMark(news, life.secrets),
          (declared) => declaring(declarations, declarerOf(request.getUrn()), life.claims, declared),
        );
        const response = new messages.CheckResponse();
        response.setInputs(encode(inputs, [...life.secrets, ...news.secrets, ...secretsOf(inputs)]));
        response.setFailuresList(failuresOf(failures));
        return response;
      }),
    ),
    diff: answer(
      about(async (request: ProviderMessages.DiffRequest, { life, calls }) => {
        const olds = recorded(life, request.getOlds(), request.getOldInputs());
        const news = withSecretMark(decode(request.getNews()), life.secrets);
        const declarer = declarerOf(request.getUrn());
        const conflict = identified(declarations, declarer, life.claims, request.getId(), news);
        if (conflict !== undefined) throw new CallError(conflict);
        return diffResponse(await calls.diff(request.getId(), olds, news), calls.details(olds, news), olds);
      }),
    ),
    create: answer(
      about(async (request: ProviderMessages.CreateRequest, kind) => {
        const { life, calls } = kind;
        const inputs = decode(request.getProperties());
        const response = new messages.CreateResponse();
        const secrets = [...life.secrets, ...inputs.secrets];
        if (request.getPreview()) {
          response.setProperties(encode(foreseen(life, {}, inputs.values), secrets));
          return response;
        }
        notCancelled();
        const { id, outs } = await calls.create(withSecretMark(inputs, life.secrets));
        identified(declarations, declarerOf(request.getUrn()), life.claims, id, inputs.values);
        response.setId(id);
        response.setProperties(encodeState(recordable(request.getUrn(), kind, outs), secrets));
        return response;
      }),
      (request: ProviderMessages.CreateRequest, { properties }) => halfDone(request, properties),
    ),
    read: answer(
      about(async (request: ProviderMessages.ReadRequest, { life, calls }) => {
        const [state, inputs] = [decode(request.getProperties()), decode(request.getInputs())];
        const isRecorded = Object.keys(state.values).length > 0;
        const known = recorded(life, request.getProperties(), request.getInputs());
        const found = isRecorded
          ? await calls.read(request.getId(), known, inputs.values)
          : await calls.imported(request.getId());
        const response = new messages.ReadResponse();
        const secrets = [...life.secrets, ...inputs.secrets, ...state.secrets];
        response.setId(found.id);
        if (found.id !== "") {
          response.setProperties(encodeState(asShortAs(state.values, found.props ?? {}, life), secrets));
          response.setInputs(encode(found.inputs ?? {}, secrets));
        }
        return response;
      }),
    ),
    update: answer(
      about(async (request: ProviderMessages.UpdateRequest, kind) => {
        const { life, calls } = kind;
        const olds = recorded(life, request.getOlds(), request.getOldInputs());
        const news = decode(request.getNews());
        const response = new messages.UpdateResponse();
        const secrets = [...life.secrets, ...news.secrets];
        if (request.getPreview()) {
          const changes = calls.details(olds, withSecretMark(news, life.secrets));
          const removed = changes.flatMap(({ path: [name = ""], kind }) => (kind === "delete" ? [name] : []));
          response.setProperties(encode(foreseen(life, life.whole?.(olds) ?? olds, news.values, removed), secrets));
          return response;
        }
        notCancelled();
        const outs = await calls.update(request.getId(), olds, withSecretMark(news, life.secrets));
        response.setProperties(encodeState(recordable(request.getUrn(), kind, outs), secrets));
        return response;
      }),
      (request: ProviderMessages.UpdateRequest, { properties }) => halfDone(request, properties),
    ),
    delete: answer(
      about(async (request: ProviderMessages.DeleteRequest, { life, calls }) => {
        notCancelled();
        await calls.remove(request.getId(), recorded(life, request.getProperties(), request.getOldInputs()));
        return new EmptyMessage();
      }),
    ),
    cancel: answer(() => {
      cancelled = true;
      return new EmptyMessage();
    }),
  };
}

/** The type of the resource with this URN: `workos:index:User`. */
const tokenOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";
const kindOf = (urn: string): string => tokenOf(urn).split(":").at(-1) ?? "";

/** What a look-up answers, by the schema. */
function answeredBy(schema: string, token: string): readonly string[] {
  const { functions } = JSON.parse(schema) as {
    readonly functions: Readonly<Record<string, { readonly outputs: { readonly properties: object } }>>;
  };
  return Object.keys(functions[token]?.outputs.properties ?? {});
}

/** What is recorded, with what the engine alone has: the options of what was imported, and which inputs are secrets. */
function recorded(life: Lifecycle, state: Struct | undefined, inputs: Struct | undefined): State {
  const declared = decode(inputs);
  const { values } = decode(state);
  return withSecretMark(
    { values: life.known?.(values, declared.values) ?? values, secrets: declared.secrets },
    life.secrets,
  );
}

/**
 * The outputs of a create or an update that is yet to be.
 * @param removed inputs that the program no longer says: what they leave behind, the vendor tells.
 */
function foreseen(life: Lifecycle, olds: State, inputs: State, removed: readonly string[] = []): State {
  const isNew = Object.keys(olds).length === 0;
  const shown = (values: State) => Object.entries(values).filter(([name]) => life.outputs.includes(name));
  const open = isNew ? life.outputs : [...life.answered, ...removed];
  return Object.fromEntries([...shown(olds), ...open.map((name) => [name, unknownValue] as const), ...shown(inputs)]);
}

/** Without the property: the engine prints the value of one that it is told of, and secrets in plain. */
const failuresOf = (reasons: readonly string[]): ProviderMessages.CheckFailure[] =>
  reasons.map((reason) => {
    const failure = new messages.CheckFailure();
    failure.setReason(reason);
    return failure;
  });
