/** Looks at the line every two seconds and asks for, and sends, only the picture that leaves speech alone. */
import { Track, VideoQuality, type RemoteTrackPublication, type RemoteVideoTrack, type Room } from "livekit-client";
import { GLIMPSE, LOOK_EVERY, RECEIVING, SENDING, START, climb, firstStep, holdFor, judge, limited, readSample, type Ladder, type Sample } from "./weak-line";

const QUALITIES = { high: VideoQuality.HIGH, medium: VideoQuality.MEDIUM, low: VideoQuality.LOW };

export interface LineListener {
  /** Seats whose picture was reduced because our line is weak; `sending`: our own picture too. */
  reduced(seats: ReadonlySet<string>, sending: boolean): void;
}

/** Looks without a loss after which pictures wait no longer: changing the wait makes the picture jump. */
const FORGET_LOSS = 15;

type Stats = () => Promise<Iterable<readonly [string, unknown]>>;

export class LineKeeper {
  #down: Ladder = START;
  #up: Ladder = START;
  #before: Sample | undefined;
  #bestRtt = Infinity;
  #hold = 0;
  #sinceLoss = 0;
  #off: ReadonlySet<number> = new Set();
  #timer: ReturnType<typeof setInterval> | undefined;
  /** The sender that is known to send all it may: asking what it sends makes the page wait, too. */
  #whole: RTCRtpSender | undefined;
  readonly #told = new Set<string>();
  #floor = 0;
  #begun = 0;
  #kept: readonly string[] = [];

  constructor(
    readonly room: Room,
    readonly stats: Stats,
    readonly listener: LineListener,
  ) {}

  /** `kept`: the seats shown large or pinned, whose pictures go last; `capKbps`: what the site's line was declared to carry, if anything. */
  start(kept: readonly string[], capKbps: number | undefined): void {
    this.#kept = kept;
    this.#floor = firstStep(capKbps);
    this.#up = { ...START, step: this.#floor };
    this.#begun = performance.now();
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Steps taken downwards: received and sent (tests and benches read them). */
  get steps(): readonly [number, number] {
    return [this.#down.step, this.#up.step];
  }

  async #look(): Promise<void> {
    const now = readSample(await this.stats().catch(() => []));
    const before = this.#before;
    this.#before = now;
    if (now.rtt > 0) this.#bestRtt = Math.min(this.#bestRtt, now.rtt);
    if (before) {
      const health = judge(before, now, this.#bestRtt, this.#up.step);
      this.#down = climb(this.#down, health.down, RECEIVING.length - 1);
      const up = climb(this.#up, health.up, SENDING.length - 1);
      this.#up = { ...up, step: Math.max(up.step, this.#floor) };
      this.#wait(holdFor(before, now));
    }
    this.#receive();
    await this.#send();
  }

  #wait(wanted: number): void {
    this.#sinceLoss = wanted > 0 ? 0 : this.#sinceLoss + 1;
    if (wanted > this.#hold || this.#sinceLoss > FORGET_LOSS) this.#hold = wanted;
    for (const [, picture] of this.#pictures()) {
      const receiver = (picture.track as RemoteVideoTrack | undefined)?.receiver;
      // Each setting makes the page wait for its media threads: only what changes is set.
      if (receiver && "jitterBufferTarget" in receiver && receiver.jitterBufferTarget !== (this.#hold || null))
        receiver.jitterBufferTarget = this.#hold || null;
    }
  }

  #receive(): void {
    const plan = RECEIVING[this.#down.step] ?? RECEIVING[0];
    const open = !plan.glimpse || (performance.now() - this.#begun) % GLIMPSE.every < GLIMPSE.open;
    const reduced = new Set<string>();
    for (const [seat, camera] of this.#pictures()) {
      // Untouched until the line is weak: once told, the client no longer hides unseen pictures by itself.
      if (this.#down.step === 0 && !this.#told.has(camera.trackSid)) continue;
      this.#told.add(camera.trackSid);
      camera.setEnabled((plan.others || this.#isKept(seat)) && open);
      camera.setVideoQuality(QUALITIES[plan.quality]);
      camera.setVideoFPS(plan.fps);
      if (this.#down.step > 0) reduced.add(seat);
    }
    this.listener.reduced(reduced, this.#up.step > this.#floor);
  }

  *#pictures(): Generator<[string, RemoteTrackPublication]> {
    for (const person of this.room.remoteParticipants.values()) {
      for (const source of [Track.Source.Camera, Track.Source.ScreenShare]) {
        const picture = person.getTrackPublication(source) as RemoteTrackPublication | undefined;
        if (picture?.isSubscribed) yield [person.identity, picture];
      }
    }
  }

  #isKept(seat: string): boolean {
    return this.#kept.includes(seat) || !this.#kept.some((one) => this.room.remoteParticipants.has(one));
  }

  async #send(): Promise<void> {
    const sender = this.room.localParticipant.getTrackPublication(Track.Source.Camera)?.track?.sender;
    const isWhole = this.#up.step === 0 && this.#off.size === 0;
    if (!sender || (isWhole && sender === this.#whole)) return;
    const parameters = sender.getParameters();
    const wanted = limited(parameters.encodings, this.#up.step, this.#off);
    if (!wanted) this.#whole = isWhole ? sender : undefined;
    if (!wanted) return;
    parameters.encodings = wanted.layers as RTCRtpEncodingParameters[];
    // A sender that is just being replaced refuses; the next look asks again.
    await sender.setParameters(parameters).then(
      () => (this.#off = wanted.off),
      () => undefined,
    );
  }
}
