import type { RemoteParticipant, RemoteTrackPublication, Room } from "livekit-client";

/** How many besides the seats shown large or pinned come in the first round. */
const BESIDES = 2;

/** Milliseconds between the first round's arrival and the second; and at most from entering to the second. */
const [AFTER, AT_MOST] = [300, 1500];

/** Milliseconds between two looks for somebody who was asked for and is still not here. */
const LOOK_EVERY = 2000;

/**
 * Who enters the room of all sites gets the large picture and its sound first, and everybody else when that is here:
 * thirty tracks asked for at once keep a small machine, or a weak line, from playing any of them for seconds.
 */
export class MainFirst {
  #all = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: ReturnType<typeof setInterval> | undefined;
  readonly #first: Set<string>;
  readonly #places: number;

  /** `named`: the seats shown large or pinned, as far as there are any. */
  constructor(
    readonly room: Room,
    named: readonly string[],
  ) {
    this.#first = new Set(named.filter((seat) => seat !== ""));
    this.#places = this.#first.size + BESIDES;
  }

  /** The engine has said who is here. */
  begin(): void {
    this.stop();
    this.#timer = setTimeout(() => this.#everybody(), AT_MOST);
    this.#looking = setInterval(() => this.#again(), LOOK_EVERY);
    for (const person of this.room.remoteParticipants.values())
      for (const publication of person.trackPublications.values()) this.published(publication, person);
  }

  published(publication: RemoteTrackPublication, person: RemoteParticipant): void {
    if (this.#first.size < this.#places) this.#first.add(person.identity);
    if (this.#all || this.#first.has(person.identity)) publication.setSubscribed(true);
  }

  /** Something of the first round is here. */
  arrived(): void {
    if (this.#all) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#everybody(), AFTER);
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#looking);
  }

  #everybody(): void {
    this.#all = true;
    for (const publication of this.#publications()) if (!publication.isDesired) publication.setSubscribed(true);
  }

  /** An ask that was not followed, or somebody whose coming was not told, would stay unheard for good. */
  #again(): void {
    for (const publication of this.#publications())
      if ((this.#all || publication.isDesired) && !publication.isSubscribed) publication.setSubscribed(true);
  }

  *#publications(): Generator<RemoteTrackPublication> {
    for (const person of this.room.remoteParticipants.values()) yield* person.trackPublications.values();
  }
}
