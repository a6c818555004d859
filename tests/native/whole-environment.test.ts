/** One of everything lives its whole life on the real engine, by the native plugin. */
import { wholeEnvironment } from "../e2e/support/whole-environment";

wholeEnvironment("native");
