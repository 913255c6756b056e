/** Everything a sitting's page loads. Control pages load it too, but carry no `<sitting-stage>`. */
import { SittingEvents } from "./sitting-events";
import { SittingStage } from "./sitting-stage";
import { TurnClock } from "./turn-clock";

customElements.define("turn-clock", TurnClock);
// The stage listens before the stream speaks, so that no call is missed between the two.
customElements.define("sitting-stage", SittingStage);
customElements.define("sitting-events", SittingEvents);
