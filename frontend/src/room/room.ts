/** Everything a sitting's page loads. Control pages load it too, but carry no `<sitting-stage>`. */
import { CitizenScreen } from "./citizen-screen";
import { keepAsLeft } from "./keep-as-left";
import { pressByKey } from "./press-key";
import { PaperView } from "./papers";
import { ScreenOpener } from "./screen-opener";
import { DeviceCheck } from "./device-check";
import { SittingEvents } from "./sitting-events";
import { SittingStage } from "./sitting-stage";
import { SoundCheck } from "./sound-check";
import { TurnClock } from "./turn-clock";
import { TurnNews } from "./turn-news";
import { stayAwake } from "./wake-lock";

customElements.define("device-check", DeviceCheck);
customElements.define("turn-clock", TurnClock);
// The stage listens before the stream speaks, so that no call is missed between the two.
customElements.define("sitting-stage", SittingStage);
customElements.define("paper-view", PaperView);
customElements.define("sitting-events", SittingEvents);
customElements.define("citizen-screen", CitizenScreen);
customElements.define("screen-opener", ScreenOpener);
customElements.define("sound-check", SoundCheck);
customElements.define("turn-news", TurnNews);
keepAsLeft();
pressByKey();
if (document.querySelector("sitting-stage, citizen-screen")) stayAwake();
