/** The life of every kind of access on the real engine, by dynamic resources. */
import { lives } from "./support/lives";

lives("dynamic");
