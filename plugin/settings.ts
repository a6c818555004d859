/** The provider's settings as its configuration in the engine has them. */
import { assertKnownSettings, ConfigError, readConfig, type Setting, settings } from "../provider/config";
import type { StackConfig } from "../provider/host";
import { containsUnknown } from "../provider/declare/unknown";

type Values = Readonly<Record<string, unknown>>;

/** What the engine adds to a provider's configuration for itself. */
const ofTheEngine: ReadonlySet<string> = new Set(["version", "pluginDownloadURL", "__internal"]);

/** Settings that are secrets. */
export const secretSettings: readonly Setting[] = ["apiKey"];

/** The settings as the texts that a stack's config has. */
export const settingsOf =
  (values: Values): StackConfig =>
  (name) =>
    textOf(values[name]);

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.join(",");
  if (typeof value !== "string") return JSON.stringify(value);
  // Whoever has no other way to give the engine a list or a number gives it as JSON.
  const list: unknown = /^\s*\[/.test(value) ? listIn(value) : undefined;
  return Array.isArray(list) ? list.join(",") : value;
}

function listIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with the settings; nothing as long as one of them is not known yet. */
export function settingMistakes(values: Values): string[] {
  const own = Object.entries(values).filter(([name]) => !ofTheEngine.has(name));
  try {
    assertKnownSettings(own.map(([name]) => name));
    if (!own.some(([, value]) => containsUnknown(value))) readConfig(settingsOf(values));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return [error.message];
    throw error;
  }
}

/** Settings whose value is another. */
export const changedSettings = (olds: Values, news: Values): string[] =>
  [...Object.keys(settings)].filter((name) => textOf(olds[name]) !== textOf(news[name]));
