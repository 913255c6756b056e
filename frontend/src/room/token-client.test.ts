import { afterEach, expect, test, vi } from "vitest";
import { askToken, patience, signallingUrl } from "./token-client";

const answerWith = (status: number, body: unknown = {}) => {
  const asked = vi.fn(async (_url: string, _options: RequestInit) => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal("fetch", asked);
  return asked;
};

afterEach(() => vi.unstubAllGlobals());

test("a token should be asked for by POST with the room and the CSRF header", async () => {
  const asked = answerWith(200, { url: "ws://h", token: "t", room: "r", part: "turn", title: "Lượt 1" });
  const answer = await askToken("/token/", "csrf", "r");
  expect(answer).toEqual({
    kind: "granted",
    grant: { url: "ws://h", token: "t", room: "r", part: "turn", title: "Lượt 1", main: "", sign: "", layout: "", spotlight: "" },
  });
  const [url, options] = asked.mock.calls[0]!;
  expect(url).toBe("/token/");
  expect(String(options.body)).toBe("room=r");
  expect(options).toMatchObject({ method: "POST", headers: { "X-CSRFToken": "csrf" } });
});

test("whether a paper may be shown should be the server's word", async () => {
  for (const sharable of [true, false]) {
    answerWith(200, { token: "t", room: "r", sharable });
    const answer = await askToken("/t/", "c", "r");
    expect(answer.kind === "granted" && answer.grant.sharable === true).toBe(sharable);
  }
});

test.each([401, 403, 404, 409, 410])("status %i should mean not now", async (status) => {
  answerWith(status);
  expect(await askToken("/t/", "c", "")).toEqual({ kind: "refused" });
});

test("being led to the sign-in page should mean not now", async () => {
  const page = new Response("<!doctype html>");
  Object.defineProperty(page, "redirected", { value: true });
  vi.stubGlobal("fetch", async () => page);
  expect(await askToken("/t/", "c", "")).toEqual({ kind: "refused" });
});

test.each([500, 502, 503, 429])("status %i should be worth another attempt", async (status) => {
  answerWith(status);
  expect(await askToken("/t/", "c", "")).toEqual({ kind: "failed" });
});

test.each([[{}], [null], ["x"], [{ token: 5, room: "r" }], [{ token: "t" }]])(
  "an answer without a token or room (%j) should count as failed",
  async (body) => {
    answerWith(200, body);
    expect(await askToken("/t/", "c", "")).toEqual({ kind: "failed" });
  },
);

test("an unreachable server should count as failed, not throw", async () => {
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("network");
  });
  expect(await askToken("/t/", "c", "")).toEqual({ kind: "failed" });
});

test("addresses for the engine should follow the page's scheme and host", () => {
  expect(signallingUrl("", "http://localhost:8080/phong/1/")).toBe("ws://localhost:8080");
  expect(signallingUrl("", "https://tiepdan.example/phong/1/")).toBe("wss://tiepdan.example");
  expect(signallingUrl("https://media.example/", "http://x/")).toBe("wss://media.example");
  expect(signallingUrl("ws://127.0.0.1:7880", "http://x/")).toBe("ws://127.0.0.1:7880");
});

test("three attempts of four should be short enough to find a line that is back", () => {
  expect([0, 1, 2, 3, 4, 5].map(patience)).toEqual([5000, 2000, 2000, 2000, 5000, 2000]);
});
