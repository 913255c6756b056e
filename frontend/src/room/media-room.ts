/** One physical room's stay in one media room: the only file that speaks to the engine's client. */
import {
  ConnectionQuality,
  DefaultReconnectPolicy,
  DisconnectReason,
  LogLevel,
  Room,
  RoomEvent,
  Track,
  VideoPresets,
  setLogLevel,
  type LocalTrack,
  type LocalTrackPublication,
  type Participant,
  RemoteVideoTrack,
  type RemoteTrack,
} from "livekit-client";
import { say } from "../language";
import { bothWays } from "./both-ways";
import type { ByteMeter } from "./byte-meter";
import { ShownElsewhere } from "./screen-source";
import { LineKeeper } from "./line-keeper";
import { MainFirst } from "./main-first";
import type { Grant } from "./seat-machine";
import { shown, type Shown } from "./shown";
import type { Silence } from "./silence";
import { isPaper, paperOf, seatOf, type LineQuality, type Tiles } from "./tiles";
import { signallingUrl } from "./token-client";

// A level that is kept is found in the page's storage. Else the client looks for one in the cookies, with every person
// who enters: that asks another process and waits, half a second in a full room on a busy machine.
setLogLevel(LogLevel.warn);

export interface RoomListener {
  connected(): void;
  shaky(): void;
  dropped(): void;
  /** Another page has taken this seat. */
  displaced(): void;
  /** The browser wants a press before it plays sound. */
  soundBlocked(blocked: boolean): void;
  /** The chair has switched our microphone off, or on again. */
  silenced(silence: Silence): void;
  /** Whether the engine lets us send a screen or a paper besides our own picture. */
  mayShare(may: boolean): void;
  /** Our own picture is sent smaller, or no longer, because the line is weak. */
  reduced(sending: boolean): void;
}

/** Bits a second of speech; its redundant copy comes on top (goals A2). */
const SPEECH_BITRATE = 32_000;


/** A screen or a paper: sharp before smooth, and less than a face takes. */
const PAPER_ENCODING = { maxBitrate: 1_000_000, maxFramerate: 8 };

/** Resuming is worth 2.5 s; after that a fresh token from our server is the faster way back. */
const RESUME_DELAYS = [0, 300, 700, 1500];

/** Milliseconds for the engine to take the call: on a dead line the SDK's own 15 s would outlast the line's return. */
const ANSWER_WITHIN = 4000;

/** Milliseconds between a publication that failed and the next attempt. */
const PUBLISH_AGAIN = 2000;

/** Milliseconds until a connection that was left is closed; the engine has put us out of it, or does so now. */
const CLOSE_AFTER = 200;

/** The part of a sitting in which every site is in one room. */
const PLENARY = "plenary";

/** Numbers the protocol gives to sources; an empty list of allowed sources means all of them. */
const SOURCE_NUMBERS: Partial<Record<Track.Source, number>> = { camera: 1, microphone: 2, screen_share: 3 };

const QUALITY: Record<ConnectionQuality, LineQuality> = {
  [ConnectionQuality.Excellent]: "good",
  [ConnectionQuality.Good]: "good",
  [ConnectionQuality.Unknown]: "good",
  [ConnectionQuality.Poor]: "weak",
  [ConnectionQuality.Lost]: "lost",
};

export class MediaRoom {
  readonly #room = new Room({
    adaptiveStream: true,
    dynacast: true,
    // Two connections open side by side, each with a short description: one waits for three rounds of offers, one after the other.
    singlePeerConnection: false,
    stopLocalTrackOnUnpublish: false,
    reconnectPolicy: new DefaultReconnectPolicy(RESUME_DELAYS),
    // DTX would make silence look like a dead recorder.
    publishDefaults: {
      simulcast: true,
      videoCodec: "vp8",
      videoEncoding: VideoPresets.h720.encoding,
      videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360],
      screenShareEncoding: PAPER_ENCODING,
      audioPreset: { maxBitrate: SPEECH_BITRATE, priority: "high" },
      red: true,
      dtx: false,
    },
  });
  readonly #elsewhere = new Map<RemoteVideoTrack, ShownElsewhere>();
  readonly #line = new LineKeeper(this.#room, () => this.stats(), {
    reduced: (seats, sending) => {
      if (this.#left) return;
      this.tiles.reduced(seats);
      this.listener.reduced(sending);
    },
  });
  #order: MainFirst | undefined;
  #left = false;
  #silence: Silence = "";
  #mayShare = false;
  #tracks: readonly LocalTrack[] = [];
  #publishing: Promise<void> = Promise.resolve();

  constructor(
    readonly tiles: Tiles,
    readonly meter: ByteMeter,
    readonly listener: RoomListener,
  ) {
    this.#listenToConnection();
    this.#listenToPeople();
  }

  /** Joins and publishes; rejects when the door stays closed. */
  async enter(grant: Grant, tracks: readonly LocalTrack[]): Promise<void> {
    const large = [grant.main, ...grant.sign.split(",")];
    this.#order = grant.part === PLENARY ? new MainFirst(this.#room, large) : undefined;
    this.#room.on(RoomEvent.SignalConnected, () => this.#answered(grant, tracks));
    await this.#room.connect(signallingUrl(grant.url, location.href), grant.token, {
      autoSubscribe: this.#order === undefined,
      maxRetries: 0,
      websocketTimeout: ANSWER_WITHIN,
    });
    if (this.#left) return;
    this.listener.connected();
    this.#line.start(large, grant.capKbps);
    await this.publish(tracks);
  }

  /** The engine has said who is here and what we may do: publishing need not wait for the way of the media. */
  #answered(grant: Grant, tracks: readonly LocalTrack[]): void {
    if (this.#left) return;
    this.#order?.begin();
    this.tiles.main = grant.main;
    this.tiles.direct(grant.layout ?? "", grant.spotlight ?? "");
    this.pin(grant.sign);
    for (const person of this.#room.remoteParticipants.values()) this.tiles.put(person.identity, person.name ?? "");
    this.#tellSilence();
    void this.publish(tracks);
  }

  /** Pins the sign interpreter's seats, with commas between. */
  pin(sign: string): void {
    this.tiles.pinned = sign === "" ? [] : sign.split(",");
  }

  /** Publishes what the seat may publish and does not yet; safe to call at any time. */
  publish(tracks: readonly LocalTrack[]): Promise<void> {
    this.#tracks = tracks;
    this.#publishing = this.#publishing.then(() => this.#publishMissing());
    return this.#publishing;
  }

  /** Sends that picture no longer, and only these from now on. */
  async withdraw(track: LocalTrack, left: readonly LocalTrack[]): Promise<void> {
    this.#tracks = left;
    if (!this.#left) await this.#room.localParticipant.unpublishTrack(track).catch(() => undefined);
  }

  /** Leaves at once; camera and microphone stay open for the next room. */
  leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.#order?.stop();
    this.#line.stop();
    // Silence is immediate: the connection takes a moment to close.
    for (const person of this.#room.remoteParticipants.values())
      for (const publication of person.trackPublications.values()) publication.track?.detach();
    this.tiles.clear();
    // Closing holds the page up for a tenth of a second, in which the next room would wait to be asked for.
    setTimeout(() => void this.#room.disconnect(false), CLOSE_AFTER);
  }

  /** Our microphone again, after the chair switched it off without locking it. */
  async speakAgain(): Promise<void> {
    await this.#microphone()?.track?.unmute();
  }

  startSound(): Promise<void> {
    return this.#room.startAudio();
  }

  /** The citizen's window shows a seat's camera at this size; to be repeated while it does. */
  shownElsewhere(seat: string, width: number, height: number): void {
    const source = isPaper(seat) ? Track.Source.ScreenShare : Track.Source.Camera;
    const track = this.#room.remoteParticipants.get(seatOf(seat))?.getTrackPublication(source)?.track;
    if (!(track instanceof RemoteVideoTrack)) return;
    let info = this.#elsewhere.get(track);
    if (!info) {
      info = new ShownElsewhere((ended) => {
        this.#elsewhere.delete(track);
        track.stopObservingElementInfo(ended);
      });
      this.#elsewhere.set(track, info);
      track.observeElementInfo(info);
    }
    info.resize(width, height);
  }

  /** Steps given up on a weak line: received, sent. */
  lineSteps(): readonly [number, number] {
    return this.#line.steps;
  }

  /** How the pinned seat, or else the large one, is seen here. */
  async shown(): Promise<Shown> {
    const seats = this.tiles.pictures();
    const seat = (seats.find((one) => one.pinned) ?? seats.find((one) => one.main))?.seat ?? "";
    const id = (source: Track.Source): string =>
      this.#room.remoteParticipants.get(seat)?.getTrackPublication(source)?.track?.mediaStreamTrack.id ?? "";
    return shown(await this.stats(), id(Track.Source.Camera), id(Track.Source.Microphone));
  }

  /** Addresses the engine gave the browser for finding its way (tests look for foreign ones). */
  iceServers(): string[] {
    return (this.#connections().publisher?._pc?.getConfiguration().iceServers ?? []).flatMap((server) => server.urls);
  }

  /** What the browser tells of the connection; empty before and after it. */
  async stats(): Promise<Iterable<readonly [string, unknown]>> {
    const { publisher, subscriber } = this.#connections();
    return bothWays(publisher?._pc, subscriber?._pc);
  }

  #connections(): Partial<Record<"publisher" | "subscriber", { _pc?: RTCPeerConnection }>> {
    return (this.#room.engine.pcManager ?? {}) as object;
  }

  async #publishMissing(): Promise<void> {
    const me = this.#room.localParticipant;
    const published = new Set([...me.trackPublications.values()].map((one) => one.track));
    const missing = this.#tracks.filter((track) => !published.has(track) && this.#may(track.source));
    if (this.#left) return;
    // A refusal is the server's decision, and comes with a change of permissions. What failed though it is allowed
    // is tried again: nobody is to stay unheard because one answer was late.
    const told = await Promise.allSettled(missing.map((track) => me.publishTrack(track, { source: track.source })));
    if (told.some(({ status }) => status === "rejected") && !this.#left)
      setTimeout(() => void this.publish(this.#tracks), PUBLISH_AGAIN);
    this.#tellSilence();
  }

  #tellSharing(): void {
    const may = this.#may(Track.Source.ScreenShare);
    if (may === this.#mayShare) return;
    this.#mayShare = may;
    this.listener.mayShare(may);
  }

  #microphone(): LocalTrackPublication | undefined {
    const published = [...this.#room.localParticipant.trackPublications.values()];
    return published.find((one) => one.source === Track.Source.Microphone);
  }

  /** Read from what is, not from what was just told: a lock may follow a mute, and be lifted before it. */
  #tellSilence(): void {
    const muted = this.#microphone()?.isMuted ? "muted" : "";
    const silence = this.#may(Track.Source.Microphone) ? muted : "locked";
    if (this.#left || silence === this.#silence) return;
    this.#silence = silence;
    this.listener.silenced(silence);
  }

  #may(source: Track.Source): boolean {
    const permissions = this.#room.localParticipant.permissions;
    const allowed = (permissions?.canPublishSources ?? []) as readonly number[];
    const number = SOURCE_NUMBERS[source];
    return permissions?.canPublish !== false && (allowed.length === 0 || (number !== undefined && allowed.includes(number)));
  }

  #listenToConnection(): void {
    this.#room
      .on(RoomEvent.Reconnecting, () => this.#tell("shaky"))
      .on(RoomEvent.SignalReconnecting, () => this.#tell("shaky"))
      .on(RoomEvent.Reconnected, () => this.#back())
      .on(RoomEvent.Disconnected, (reason) => {
        if (!this.#left) this.tiles.clear();
        this.#tell(reason === DisconnectReason.DUPLICATE_IDENTITY ? "displaced" : "dropped");
      })
      .on(RoomEvent.AudioPlaybackStatusChanged, () => this.listener.soundBlocked(!this.#room.canPlaybackAudio))
      .on(RoomEvent.ParticipantPermissionsChanged, (_before, person) => {
        if (this.#left || person.identity !== this.#room.localParticipant.identity) return;
        this.#tellSilence();
        this.#tellSharing();
        void this.publish(this.#tracks);
      });
  }

  #listenToPeople(): void {
    // The stage may already show the next room while this one still closes.
    const here =
      <A extends unknown[]>(act: (...told: A) => void) =>
      (...told: A): void => {
        if (!this.#left) act(...told);
      };
    this.#room
      .on(RoomEvent.ParticipantConnected, here((person) => this.tiles.put(person.identity, person.name ?? "")))
      .on(RoomEvent.ParticipantDisconnected, here((person) => [person.identity, paperOf(person.identity)].forEach((seat) => this.tiles.remove(seat))))
      .on(RoomEvent.TrackPublished, here((publication, person) => this.#order?.published(publication, person)))
      .on(RoomEvent.TrackSubscribed, here((track, _publication, person) => this.#show(track, person)))
      .on(RoomEvent.TrackUnsubscribed, (track, _publication, person) => this.#unshow(track, person))
      .on(RoomEvent.ActiveSpeakersChanged, here((people) => this.tiles.speaking(people.map((one) => one.identity))))
      .on(RoomEvent.ConnectionQualityChanged, here((quality, one) => this.tiles.line(one.identity, QUALITY[quality])))
      .on(RoomEvent.TrackMuted, here((_publication, one) => void (one.isLocal && this.#tellSilence())))
      .on(RoomEvent.TrackUnmuted, here((_publication, one) => void (one.isLocal && this.#tellSilence())));
  }

  #show(track: RemoteTrack, person: Participant): void {
    this.meter.add(track.receiver);
    this.#order?.arrived();
    const paper = track.source === Track.Source.ScreenShare;
    const [seat, name] = [paper ? paperOf(person.identity) : person.identity, person.name ?? ""];
    this.tiles.put(seat, paper ? say(`Giấy tờ · ${name}`, `Paper · ${name}`) : name);
    this.tiles.attach(seat, track.attach());
  }

  #unshow(track: RemoteTrack, person: Participant): void {
    track.detach().forEach((element) => element.remove());
    if (track.source === Track.Source.ScreenShare && !this.#left) this.tiles.remove(paperOf(person.identity));
  }

  #back(): void {
    this.#tell("connected");
    void this.publish(this.#tracks);
  }

  /** After we left, what the old connection still says is nobody's business. */
  #tell(what: "connected" | "shaky" | "dropped" | "displaced"): void {
    if (!this.#left) this.listener[what]();
  }
}
