/** What holds for every test file. Property tests take the same values in every run; FC_SEED=random takes new ones, a number those of an earlier run. */
import fc from "fast-check";

// Servers of tests are on this machine, whatever proxy the way out takes.
const direct = [process.env.no_proxy ?? process.env.NO_PROXY, "127.0.0.1", "localhost"].filter(Boolean).join(",");
Object.assign(process.env, { NO_PROXY: direct, no_proxy: direct });

const { FC_SEED: wanted = "1" } = process.env;
if (wanted !== "random") fc.configureGlobal({ seed: Number(wanted) });
