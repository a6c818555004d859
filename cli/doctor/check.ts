/** What the doctor finds out, one line each. */
export interface Check {
  readonly name: string;
  readonly status: "ok" | "warning" | "failed" | "skipped";
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export const ok = (name: string, message: string): Check => ({ name, status: "ok", message });
export const skipped = (name: string, message: string): Check => ({ name, status: "skipped", message });
export const warning = (name: string, message: string, remedy: string): Check => ({
  ...{ name, status: "warning" as const, message, remedy },
});
export const failed = (name: string, message: string, remedy: string): Check => ({
  ...{ name, status: "failed" as const, message, remedy },
});

const signs = { ok: "✓", warning: "!", failed: "✗", skipped: "-" } as const;

export function lineOf({ name, status, message, remedy }: Check): string {
  return `${signs[status]} ${name}: ${message}${remedy === undefined ? "" : `\n    ${remedy}`}`;
}
