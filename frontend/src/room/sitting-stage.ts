import { say } from "../language";
import type { LocalTrack, LocalVideoTrack } from "livekit-client";
import { ByteMeter } from "./byte-meter";
import { CameraSwitch } from "./camera-switch";
import { alreadyAllowed, deviceProblem, openDevices } from "./devices";
import { startReporting } from "./line-report";
import { readPath } from "./media-path";
import { MediaRoom } from "./media-room";
import { PaperShare } from "./paper-share";
import { START, stateWords, step, type Effect, type Seat, type SeatEvent } from "./seat-machine";
import { SILENCE, type ScreenSource } from "./screen-source";
import { SilenceSign, silenceWords } from "./silence";
import type { SittingEvent } from "./sitting-events";
import { startStills } from "./still";
import { Tiles, lineWords, paperOf, part } from "./tiles";
import { askToken, patience } from "./token-client";

/** What tests and the operator's diagnosis may read; the token is not among it. */
export interface StageReadings {
  readonly state: string;
  readonly room: string;
  bytesReceived(): Promise<number>;
  iceServers(): string[];
  /** For the citizen's window, which this page opened. */
  readonly screen: ScreenSource;
  /** The way media takes: "udp", "tcp" or "relay/tls"; "" while there is none. */
  mediaPath(): Promise<string>;
  /** Steps given up on a weak line: received, sent. */
  lineSteps(): readonly [number, number];
}

declare global {
  interface Window {
    tiepdanStage?: StageReadings;
  }
}

/**
 * The media seat of one physical room: asks for its token when the server calls, joins, leaves, comes back.
 * Its children are the waiting view; it adds tiles, its own preview and the state in words.
 * Attributes: `data-token-url`, `data-csrf`, `data-seat`, `data-label` (this room's name);
 * `data-watches`: the seat only sees and hears, so no camera or microphone is asked for.
 */
export class SittingStage extends HTMLElement {
  #seat: Seat = START;
  #room: MediaRoom | undefined;
  #tracks: LocalTrack[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopReporting = (): void => undefined;
  #stopStills = (): void => undefined;
  /** The part of the sitting whose room we are in. */
  #part = "";
  readonly #meter = new ByteMeter();
  readonly #tiles = new Tiles(part("div", "stage__tiles stage__part"));
  readonly #own = part("figure", "stage__own stage__part");
  readonly #ownLine = part("p", "tile__line");
  readonly #switch = new CameraSwitch(this.#own);
  readonly #words = part("p", "stage__state stage__part");
  readonly #notice = part("p", "stage__notice stage__part");
  readonly #start = button(say("Bật camera và micro", "Turn camera and microphone on"));
  readonly #sound = button(say("Bật tiếng", "Turn sound on"));
  readonly #silence = new SilenceSign(() => void this.#room?.speakAgain());
  readonly #share = new PaperShare(this.dataset, {
    camera: () => this.#tracks.find((track) => track.kind === "video")?.mediaStreamTrack.getSettings().deviceId ?? "",
    send: (track) => this.#sendPaper(track),
    take: (track) => this.#takePaper(track),
  });
  #heardIn = "";

  connectedCallback(): void {
    this.#build();
    document.body.addEventListener("sitting:admitted", this.#onAdmitted);
    document.body.addEventListener("sitting:withdrawn", this.#onWithdrawn);
    document.body.addEventListener("sitting:sign_language", this.#onSign);
    document.body.addEventListener("sitting:engine_ended", this.#onEngineEnded);
    document.body.addEventListener("sitting:directed", this.#onDirected);
    window.tiepdanStage = this.#readings();
    this.#stopReporting = startReporting(this.dataset["reportUrl"], this.dataset["csrf"] ?? "", {
      statistics: async () => (this.#room ? [await this.#room.stats()] : []),
      inRoom: () => this.#seat.state === "inside",
      more: async () => {
        const [down, up] = this.#room?.lineSteps() ?? [0, 0];
        return { step_down: down, step_up: up, ...(await this.#room?.shown()) };
      },
    });
    this.#stopStills = startStills(this.dataset["stillUrl"], this.dataset["csrf"] ?? "", {
      picture: () => this.#own.querySelector("video"),
      allowed: () => (this.#seat.state === "waiting" || this.#part === "plenary") && !this.querySelector(".interlude"),
      weak: () => (this.#room?.lineSteps() ?? []).some((steps) => steps > 0),
    });
    this.#tell({ kind: "loaded" });
    if (this.#own.hidden) return;
    void alreadyAllowed().then((allowed) => (allowed ? this.#openDevices() : this.#needPress()));
  }

  disconnectedCallback(): void {
    document.body.removeEventListener("sitting:admitted", this.#onAdmitted);
    document.body.removeEventListener("sitting:withdrawn", this.#onWithdrawn);
    document.body.removeEventListener("sitting:sign_language", this.#onSign);
    document.body.removeEventListener("sitting:engine_ended", this.#onEngineEnded);
    document.body.removeEventListener("sitting:directed", this.#onDirected);
    this.#stopReporting();
    this.#stopStills();
    this.#leave();
    for (const track of this.#tracks) track.stop();
    this.#tracks = [];
    delete window.tiepdanStage;
  }

  readonly #onAdmitted = (event: Event): void => {
    const { room, title, seat } = told(event);
    if (this.#ours(seat)) this.#tell({ kind: "admitted", room, title });
  };

  readonly #onWithdrawn = (event: Event): void => {
    const { room, seat } = told(event);
    if (this.#ours(seat)) this.#tell({ kind: "withdrawn", room });
  };

  readonly #onDirected = (event: Event): void => {
    const { layout, spotlight } = told(event);
    this.#tiles.direct(layout, spotlight);
  };

  readonly #onEngineEnded = (event: Event): void => {
    this.#tell({ kind: "engine ended", room: told(event).room });
  };

  readonly #onSign = (event: Event): void => this.#room?.pin(told(event).seats);

  /** A row may name the seat it is for; without a name it is for everyone who receives it. */
  #ours(seat: string): boolean {
    return seat === "" || seat === this.dataset["seat"];
  }

  #tell(event: SeatEvent): void {
    const { seat, effects } = step(this.#seat, event);
    this.#seat = seat;
    this.#show();
    for (const effect of effects) this.#do(effect);
  }

  #do(effect: Effect): void {
    if (effect.kind === "leave") this.#leave();
    if (effect.kind === "connect") void this.#connect(effect);
    if (effect.kind !== "ask") return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(effect.ask, effect.room), effect.after);
  }

  async #ask(ask: number, room: string): Promise<void> {
    const [url, csrf] = [this.dataset["tokenUrl"] ?? "", this.dataset["csrf"] ?? ""];
    const answer = await askToken(url, csrf, room, patience(this.#seat.failures));
    this.#tell({ ...answer, ask });
  }

  async #connect({ ask, grant }: Extract<Effect, { kind: "connect" }>): Promise<void> {
    this.#room?.leave();
    const room = new MediaRoom(this.#tiles, this.#meter, {
      connected: () => this.#tell({ kind: "connected", ask }),
      shaky: () => this.#tell({ kind: "shaky", ask }),
      dropped: () => this.#tell({ kind: "dropped", ask }),
      displaced: () => this.#displaced(),
      soundBlocked: (blocked) => void (this.#sound.hidden = !blocked),
      silenced: (silence) => this.#silence.show(silence),
      mayShare: (may) => this.#share.allowed(may),
      reduced: (sending) => this.#reduced(sending),
    });
    this.#room = room;
    this.#part = grant.part;
    this.#share.grant(grant.sharable === true);
    this.#mayBeHeard(grant.room);
    // A room that was left while it connected also rejects; its number is stale by then.
    await room.enter(grant, this.#tracks).catch(() => this.#tell({ kind: "failed", ask }));
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#room?.leave();
    this.#room = undefined;
    this.#sound.hidden = true;
    this.#silence.show("");
    this.#share.drop();
    this.#notify("");
  }

  #reduced(sending: boolean): void {
    const words = sending ? lineWords("weak") : "";
    if (this.#ownLine.textContent !== words) this.#ownLine.textContent = words;
  }

  #sendPaper(track: LocalVideoTrack): void {
    const own = paperOf(this.dataset["seat"] ?? "");
    this.#tiles.put(own, say("Giấy tờ của điểm cầu này", "This site's paper"));
    this.#tiles.attach(own, track.attach());
    this.#tracks = [...this.#tracks, track];
    void this.#room?.publish(this.#tracks);
  }

  #takePaper(track: LocalVideoTrack): void {
    track.detach();
    this.#tiles.remove(paperOf(this.dataset["seat"] ?? ""));
    this.#tracks = this.#tracks.filter((one) => one !== track);
    void this.#room?.withdraw(track, this.#tracks);
  }

  /** The chair's mute is of the room it was pressed in: in the next one we are heard again. */
  #mayBeHeard(room: string): void {
    if (room === this.#heardIn) return;
    this.#heardIn = room;
    for (const track of this.#tracks) if (track.kind === "audio" && track.isMuted) void track.unmute();
  }

  #displaced(): void {
    this.#tell({ kind: "withdrawn", room: "" });
    this.#notify(
      say(
        "Điểm cầu này đang mở ở một trang khác. Đóng trang kia rồi tải lại trang này.",
        "This site is open on another page. Close that page and reload this one.",
      ),
    );
  }

  async #openDevices(): Promise<void> {
    this.#start.hidden = true;
    try {
      this.#tracks = await openDevices(() =>
        this.#needPress(say("Camera hoặc micro vừa bị rút ra.", "The camera or microphone was pulled out.")),
      );
    } catch (error) {
      return this.#needPress(deviceProblem(error));
    }
    if (!this.isConnected) return this.#tracks.forEach((track) => track.stop());
    this.#notify("");
    this.#preview();
    void this.#switch.offer(this.#tracks);
    await this.#room?.publish(this.#tracks);
  }

  #needPress(why = ""): void {
    this.#start.hidden = false;
    this.#notify(why);
  }

  #preview(): void {
    this.#own.querySelector("video")?.remove();
    const video = this.#tracks.find((track) => track.kind === "video")?.attach();
    if (video) this.#own.prepend(video);
  }

  #notify(words: string): void {
    this.#notice.textContent = words;
    this.#notice.hidden = words === "";
  }

  #show(): void {
    const { state, title } = this.#seat;
    this.dataset["state"] = state;
    this.#share.offer(state === "inside" && this.#part === "visit");
    const words = title && state === "entering" ? `${stateWords(state)}: ${title}` : stateWords(state);
    if (this.#words.textContent !== words) this.#words.textContent = words;
  }

  #build(): void {
    this.#own.replaceChildren(part("figcaption", "tile__name", this.dataset["label"] ?? say("Hình của điểm cầu này", "This site")), this.#ownLine);
    this.#own.hidden = this.dataset["watches"] !== undefined;
    for (const live of [this.#words, this.#notice, this.#ownLine]) live.setAttribute("role", "status");
    this.#start.onclick = () => void this.#openDevices();
    this.#sound.onclick = () => void this.#room?.startSound();
    for (const hidden of [this.#start, this.#sound, this.#notice]) hidden.hidden = true;
    const presses = part("div", "stage__presses stage__part");
    this.#switch.button.classList.add("stage__part");
    presses.append(this.#start, this.#sound);
    this.append(this.#tiles.grid, this.#own, this.#words, this.#notice, this.#silence.element, this.#share.element, this.#switch.button, presses);
  }

  #readings(): StageReadings {
    const [seat, meter, room] = [() => this.#seat, this.#meter, () => this.#room];
    return Object.freeze({
      get state() {
        return seat().state;
      },
      get room() {
        return seat().room;
      },
      bytesReceived: () => meter.total(),
      iceServers: () => room()?.iceServers() ?? [],
      lineSteps: () => room()?.lineSteps() ?? [0, 0],
      mediaPath: async () => readPath((await room()?.stats()) ?? []),
      screen: this.#screen(),
    });
  }

  #screen(): ScreenSource {
    let looked = -Infinity;
    return Object.freeze({
      pictures: () => {
        looked = performance.now();
        return this.#tiles.pictures();
      },
      own: () => this.#own.querySelector("video")?.srcObject ?? null,
      silence: () => silenceWords(this.#silence.silence),
      shown: (seat: string, width: number, height: number) => this.#room?.shownElsewhere(seat, width, height),
      watched: () => performance.now() - looked < SILENCE,
    });
  }
}

function button(words: string): HTMLButtonElement {
  const element = part("button", "button large", words) as HTMLButtonElement;
  element.type = "button";
  return element;
}

function told(event: Event): { room: string; title: string; seat: string; seats: string; layout: string; spotlight: string } {
  const data = (event as CustomEvent<SittingEvent | null>).detail?.data ?? {};
  const text = (name: string): string => (typeof data[name] === "string" ? (data[name] as string) : "");
  return { room: text("room"), title: text("title"), seat: text("seat"), seats: text("seats"), layout: text("layout"), spotlight: text("spotlight") };
}
