import { stateSize } from "./support/state-size";

stateSize("dynamic", 4_200);
