/**
 * What a media seat does next, decided without browser or network.
 *
 * The server admits; the seat only follows. Every ask for a token carries a number, so that the answer to an
 * old ask (the turn has changed meanwhile) is thrown away instead of joining a room that is no longer ours.
 */
import { say } from "../language";
import { CALL_MISSED, REJOIN_DELAYS, delayAfter } from "./backoff";

export type SeatState = "waiting" | "entering" | "inside" | "lost";

/** A token to enter one room, as the server grants it; it is used once and never kept. */
export interface Grant {
  readonly url: string;
  readonly token: string;
  readonly room: string;
  readonly part: string;
  readonly title: string;
  /** Seat shown large, when the server names one. */
  readonly main: string;
  /** Seats that show the sign interpreter, with commas between; pinned for everyone. */
  readonly sign: string;
  /** How every screen is arranged, and the seat the chair shows large; "" for none. */
  readonly layout?: string;
  readonly spotlight?: string;
  /** Whether a screen or a paper may be shown from here: not in a denunciation's turn. */
  readonly sharable?: boolean;
  /** What the site's line was declared to carry upwards, in kbit/s. */
  readonly capKbps?: number;
}

export interface Seat {
  readonly state: SeatState;
  /** Room the server has admitted us to ("" while unknown: the server knows, we ask). */
  readonly room: string;
  readonly title: string;
  /** Number of the ask that counts; answers to others are stale. */
  readonly ask: number;
  readonly failures: number;
}

export type SeatEvent =
  | { readonly kind: "loaded" }
  | { readonly kind: "admitted"; readonly room: string; readonly title: string }
  | { readonly kind: "withdrawn"; readonly room: string }
  | { readonly kind: "engine ended"; readonly room: string }
  | { readonly kind: "granted"; readonly ask: number; readonly grant: Grant }
  | { readonly kind: "refused"; readonly ask: number }
  | { readonly kind: "failed"; readonly ask: number }
  | { readonly kind: "connected"; readonly ask: number }
  | { readonly kind: "shaky"; readonly ask: number }
  | { readonly kind: "dropped"; readonly ask: number };

export type Effect =
  | { readonly kind: "ask"; readonly ask: number; readonly room: string; readonly after: number }
  | { readonly kind: "connect"; readonly ask: number; readonly grant: Grant }
  | { readonly kind: "leave" };

export interface Step {
  readonly seat: Seat;
  readonly effects: readonly Effect[];
}

export const START: Seat = { state: "waiting", room: "", title: "", ask: 0, failures: 0 };

/** State and effects after `event`; an event that changes nothing gives the same seat and no effects. */
export function step(seat: Seat, event: SeatEvent): Step {
  switch (event.kind) {
    case "loaded":
      return askFor(seat, { room: "", title: "", state: "waiting", failures: 0 });
    case "admitted":
      return admitted(seat, event.room, event.title);
    case "withdrawn":
      return withdrawn(seat, event.room);
    case "engine ended":
      return engineEnded(seat, event.room);
    default:
      return event.ask === seat.ask ? answered(seat, event) : unchanged(seat);
  }
}

function admitted(seat: Seat, room: string, title: string): Step {
  if (seat.state === "inside" && seat.room === room && room !== "") return unchanged(seat);
  const moved = askFor(seat, { room, title, state: "entering", failures: 0 });
  // The old room ends before the new one is asked for: a case's sound must not land in another's recording.
  return seat.state === "waiting" ? moved : { seat: moved.seat, effects: [{ kind: "leave" }, ...moved.effects] };
}

function withdrawn(seat: Seat, room: string): Step {
  if (seat.room !== "" && room !== "" && seat.room !== room) return unchanged(seat);
  return { seat: { ...START, ask: seat.ask + 1 }, effects: [{ kind: "leave" }] };
}

/** The engine is gone and its room with it: leave now, without waiting for the line to notice; a call follows. */
function engineEnded(seat: Seat, room: string): Step {
  if (seat.state === "waiting" || seat.room !== room) return unchanged(seat);
  const ask = seat.ask + 1;
  const asking = { kind: "ask", ask, room: "", after: CALL_MISSED } as const;
  return { seat: { ...seat, state: "lost", ask, failures: 0 }, effects: [{ kind: "leave" }, asking] };
}

type Answer = Extract<SeatEvent, { ask: number }>;

function answered(seat: Seat, event: Answer): Step {
  switch (event.kind) {
    case "granted":
      return granted(seat, event.grant);
    case "refused":
      return { seat: { ...START, ask: seat.ask }, effects: seat.state === "waiting" ? [] : [{ kind: "leave" }] };
    case "connected":
      return { seat: { ...seat, state: "inside", failures: 0 }, effects: [] };
    case "shaky":
      return { seat: { ...seat, state: "lost" }, effects: [] };
    case "failed":
    case "dropped":
      return retry(seat);
  }
}

function granted(seat: Seat, grant: Grant): Step {
  const state = seat.state === "lost" ? "lost" : "entering";
  const entering = { ...seat, state, room: grant.room, title: grant.title || seat.title } as const;
  return { seat: entering, effects: [{ kind: "connect", ask: seat.ask, grant }] };
}

function retry(seat: Seat): Step {
  // A page that was never admitted stays quietly waiting while it tries again.
  const state = seat.state === "waiting" ? "waiting" : "lost";
  return askFor(seat, { room: seat.room, title: seat.title, state, failures: seat.failures + 1 });
}

function askFor(seat: Seat, next: Omit<Seat, "ask">): Step {
  const ask = seat.ask + 1;
  const after = delayAfter(next.failures, REJOIN_DELAYS);
  return { seat: { ...next, ask }, effects: [{ kind: "ask", ask, room: next.room, after }] };
}

function unchanged(seat: Seat): Step {
  return { seat, effects: [] };
}

/** The state in the words people read. */
export function stateWords(state: SeatState): string {
  return {
    waiting: say("Đang chờ", "Waiting"),
    entering: say("Đang vào phòng", "Entering the room"),
    inside: say("Đang trong phòng", "In the room"),
    lost: say("Mất kết nối, đang vào lại", "Connection lost, coming back"),
  }[state];
}
