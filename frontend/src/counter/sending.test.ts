import { expect, test, vi } from "vitest";
import { Submission } from "./sending";

const body = new FormData();
const saved = (): Response => Response.json({ where: "/bien-nhan/" });
const line = (...answers: (Response | Error)[]) =>
  vi.fn(async (_url: string, _init: RequestInit) => {
    const answer = answers.shift()!;
    if (answer instanceof Error) throw answer;
    return answer;
  });

test("what arrives should lead to the receipt", async () => {
  const send = line(saved());
  const outcome = await new Submission("/moi/", body, vi.fn(), send).run();
  expect(outcome).toEqual({ kind: "saved", where: "/bien-nhan/" });
  expect(send.mock.calls[0]).toEqual(["/moi/", { method: "POST", body, headers: { Accept: "application/json" } }]);
});

test("a line that drops, or a server away, should be waited for with the same form", async () => {
  const send = line(new TypeError("offline"), new Response("", { status: 503 }), saved());
  const waiting = vi.fn();
  const outcome = await new Submission("/moi/", body, waiting, send, async () => {}).run();
  expect(outcome?.kind).toBe("saved");
  expect(waiting).toHaveBeenCalledTimes(2);
  expect(new Set(send.mock.calls.map(([, init]) => init.body))).toEqual(new Set([body]));
});

test("a form with faults should come back as a page", async () => {
  const send = line(new Response("<form>", { headers: { "Content-Type": "text/html" } }));
  expect(await new Submission("/", body, vi.fn(), send).run()).toEqual({ kind: "refused", html: "<form>" });
});

test("a refusal should be told, not tried again", async () => {
  const send = line(new Response("", { status: 403 }));
  expect((await new Submission("/", body, vi.fn(), send).run())?.kind).toBe("given up");
  expect(send).toHaveBeenCalledTimes(1);
});

test("a door in between should lead there", async () => {
  const answer = Object.defineProperty(new Response("sign in"), "redirected", { value: true });
  expect((await new Submission("/", body, vi.fn(), line(answer)).run())?.kind).toBe("signed out");
});

test("one that was stopped should lead nowhere", async () => {
  const submission = new Submission("/", body, () => submission.stop(), line(new TypeError()), async () => {});
  expect(await submission.run()).toBeNull();
});
