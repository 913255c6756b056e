/** What a page with camera and microphone loads besides `room.js`, before it: the engine's client and all that needs it. */
import { DeviceCheck } from "./device-check";
import { SittingStage } from "./sitting-stage";
import { SoundCheck } from "./sound-check";

customElements.define("device-check", DeviceCheck);
customElements.define("sitting-stage", SittingStage);
customElements.define("sound-check", SoundCheck);
