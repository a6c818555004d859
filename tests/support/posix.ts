/**
 * For what Windows does not have: modes of files, links that anybody may make, `sh`. Such a test is skipped there, with the
 * reason in its place.
 */
export const onPosix = process.platform === "win32" ? test.skip : test;
