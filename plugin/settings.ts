/** The provider's settings as its configuration in the engine has them. */
import {
  assertKnownSettings,
  ConfigError,
  readConfig,
  type Setting,
  settings,
  settingsOf,
  settingText,
} from "../provider/config";
import { containsUnknown } from "../provider/declare/unknown";

type Values = Readonly<Record<string, unknown>>;

/** What the engine adds to a provider's configuration for itself. */
const ofTheEngine: ReadonlySet<string> = new Set(["version", "pluginDownloadURL", "__internal"]);

/** Settings that are secrets. */
export const secretSettings: readonly Setting[] = ["apiKey"];

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
  Object.keys(settings).filter((name) => settingText(olds[name]) !== settingText(news[name]));
