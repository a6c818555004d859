/** What data files of older versions lack, so that nobody has to throw away what they tried things out with. */
type Fields = Readonly<Record<string, unknown>>;

const added: Readonly<Record<string, Fields>> = {
  users: { last_sign_in_at: null },
  apiKeys: { user_id: null },
  mails: { code: null },
};

/** An object of a data file as this version writes it. */
export function upgraded(kind: string, object: unknown): unknown {
  if (object === null) {
    return null;
  }
  const fields = { ...added[kind], ...(object as Fields) };
  // A mail was about an invitation before there were other mails.
  const { invitation_id: about, ...rest } = fields as Fields;
  return kind === "mails" && about !== undefined ? { ...rest, object_id: about } : fields;
}
