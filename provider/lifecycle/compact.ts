/**
 * A state in as few bytes as it can be told in, and whole again. States of earlier versions have all of it, and are read
 * as they are.
 */
import type { AnyResource, State } from "../declare/resource";
import { isShort, shortRecord, withoutTheRest, withTheRest } from "../declare/recorded";
import { environmentMark } from "./environment";
import { isImported } from "./state";

/** Without what the rest says. */
export function compact({ inputs, outputs }: AnyResource, state: State): State {
  // What was imported counts nothing as declared, not even what is required.
  if (isShort(state) || isImported(state)) return state;
  const { __inputs = "", [environmentMark]: mark = "", ...values } = state;
  const optional = String(__inputs)
    .split(",")
    .filter((name) => name !== "" && !inputs[name]?.required);
  return { ...withoutTheRest(outputs, values), [shortRecord]: `${String(mark)} ${optional.join(",")}`.trimEnd() };
}

/** With everything again. */
export function whole({ inputs, outputs }: AnyResource, state: State): State {
  const { [shortRecord]: told, ...values } = state;
  if (typeof told !== "string") return state;
  const [mark = "", optional = ""] = told.split(" ");
  const set = new Set(optional.split(","));
  return {
    ...withTheRest(outputs, values),
    __inputs: Object.keys(inputs)
      .filter((name) => inputs[name]?.required === true || set.has(name))
      .join(","),
    ...(mark === "" ? {} : { [environmentMark]: mark }),
  };
}
