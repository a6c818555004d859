/** One of everything lives its whole life on the real engine, by dynamic resources. */
import { wholeEnvironment } from "./support/whole-environment";

wholeEnvironment("dynamic");
