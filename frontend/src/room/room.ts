/** Everything a sitting's page loads. Media are in `stage.ts`: pages where somebody only presses need none of it. */
import { actInPlace } from "./acts";
import { CitizenScreen } from "./citizen-screen";
import { holdStill } from "./hold-still";
import { keepAsLeft } from "./keep-as-left";
import { keepFocus } from "./keep-focus";
import { pressByKey } from "./press-key";
import { PaperView } from "./papers";
import { ScreenOpener } from "./screen-opener";
import { SittingEvents } from "./sitting-events";
import { TurnClock } from "./turn-clock";
import { TurnNews } from "./turn-news";
import { stayAwake } from "./wake-lock";

customElements.define("turn-clock", TurnClock);
customElements.define("paper-view", PaperView);
// Who listens comes before the stream speaks, so that no call is missed between the two; the stage stands in
// `stage.js`, which the page loads before this.
customElements.define("sitting-events", SittingEvents);
customElements.define("citizen-screen", CitizenScreen);
customElements.define("screen-opener", ScreenOpener);
customElements.define("turn-news", TurnNews);
actInPlace();
holdStill();
keepAsLeft();
keepFocus();
pressByKey();
if (document.querySelector("sitting-stage, citizen-screen")) stayAwake();
