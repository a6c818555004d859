import { stateSize } from "../e2e/support/state-size";

stateSize("native", 3_450);
