/** The folder is a whole by itself, whatever is around it. */
export default { turbopack: { root: import.meta.dirname } };
