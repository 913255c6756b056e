/** Asks our own server for the token of the room it admits this seat to. */
import type { Grant } from "./seat-machine";

export type TokenAnswer =
  | { readonly kind: "granted"; readonly grant: Grant }
  | { readonly kind: "refused" }
  | { readonly kind: "failed" };

/** Statuses by which the server says "not you, not now"; every other failure is worth another attempt. */
const REFUSALS = new Set([401, 403, 404, 409, 410]);

/** Milliseconds an answer may take: a busy server's, and one over a line that may just be back. */
const [PATIENT, QUICK] = [5000, 2000];

/**
 * How long to wait for the answer after so many failed attempts. On a dead line each hangs to its end, and a connection
 * repeats its first packet only after 1 and 3 s: short attempts find the line soonest, a long one finds a busy server.
 */
export function patience(failures: number): number {
  return failures % 4 === 0 ? PATIENT : QUICK;
}

/** POST the room's name; never throws: an unreachable server is the answer "failed". */
export async function askToken(url: string, csrf: string, room: string, within = PATIENT): Promise<TokenAnswer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "X-CSRFToken": csrf, Accept: "application/json" },
      body: new URLSearchParams({ room }),
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(within),
    });
    // Whoever is signed out meanwhile is led to the sign-in page.
    if (response.redirected || REFUSALS.has(response.status)) return { kind: "refused" };
    if (!response.ok) return { kind: "failed" };
    return readGrant(await response.json());
  } catch {
    return { kind: "failed" };
  }
}

function readGrant(answer: unknown): TokenAnswer {
  const told = (typeof answer === "object" && answer !== null ? answer : {}) as Record<string, unknown>;
  const text = (name: string): string => (typeof told[name] === "string" ? (told[name] as string) : "");
  if (!text("token") || !text("room")) return { kind: "failed" };
  const grant = {
    url: text("url"),
    token: text("token"),
    room: text("room"),
    part: text("part"),
    title: text("title"),
    main: text("main"),
    sign: text("sign"),
    layout: text("layout"),
    spotlight: text("spotlight"),
    ...(told["sharable"] === true ? { sharable: true } : {}),
    ...(typeof told["cap_kbps"] === "number" ? { capKbps: told["cap_kbps"] } : {}),
  };
  return { kind: "granted", grant };
}

/** Address for the engine's client: relative or http addresses become the page's own ws/wss ones. */
export function signallingUrl(url: string, page: string): string {
  return new URL(url || "/", page).toString().replace(/^http/, "ws").replace(/\/$/, "");
}
