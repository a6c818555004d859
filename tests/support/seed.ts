/** Property tests take the same values in every run; FC_SEED=random takes new ones, a number those of an earlier run. */
import fc from "fast-check";

const { FC_SEED: wanted = "1" } = process.env;
if (wanted !== "random") fc.configureGlobal({ seed: Number(wanted) });
