/** The life of every kind of access on the real engine, by the native plugin. */
import { lives } from "../e2e/support/lives";

lives("native");
