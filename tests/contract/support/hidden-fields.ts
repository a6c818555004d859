/** The fields of a page's first form that the person does not see. */
export function hiddenFields(page: string): Record<string, string> {
  const form = page.split("<form")[1] ?? "";
  const fields = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name = "", value = ""]) => [name, value]));
}
