import { beforeEach, expect, test } from "vitest";
import { type Answers, RefusedError, Sending } from "./sending";

const FILE = new File([new Uint8Array(300_000).map((_, at) => at % 251)], "đơn.pdf", { lastModified: 1 });

/** A server that stores what it is sent; `faults` says what happens to the nth request instead. */
class Server {
  stored: Uint8Array[] = [];
  asked: string[] = [];
  faults = new Map<number, "lost" | "stored but unanswered" | number>();
  id = "7";

  get offset(): number {
    return this.stored.reduce((sum, piece) => sum + piece.length, 0);
  }

  answers: Answers = async (url, init) => {
    this.asked.push(init.method!);
    const fault = this.faults.get(this.asked.length);
    if (fault === "lost") throw new TypeError("no network");
    if (typeof fault === "number") return new Response(JSON.stringify({ said: "không nhận" }), { status: fault });
    const answer = await this.#answer(url, init);
    if (fault) throw new TypeError("no network");
    return answer;
  };

  async #answer(url: string, init: RequestInit): Promise<Response> {
    if (init.method === "POST") return Response.json({ id: this.id, url: `/tep/${this.id}/` }, { status: 201 });
    const headers = (): HeadersInit => ({ "Upload-Offset": String(this.offset) });
    if (url !== `/tep/${this.id}/`) return new Response(null, { status: 404 });
    if (init.method === "HEAD") return new Response(null, { status: 200, headers: headers() });
    const at = Number(new Headers(init.headers).get("Upload-Offset"));
    if (at !== this.offset) return new Response(null, { status: 409, headers: headers() });
    this.stored.push(new Uint8Array(await (init.body as Blob).arrayBuffer()));
    return new Response(null, { status: 204, headers: headers() });
  }

  async whole(): Promise<boolean> {
    const got = new Uint8Array(await new Blob(this.stored as BlobPart[]).arrayBuffer());
    const sent = new Uint8Array(await FILE.arrayBuffer());
    return got.length === sent.length && got.every((byte, at) => byte === sent[at]);
  }
}

let server: Server;
let waited: boolean[];
const sending = (): Sending =>
  new Sending(FILE, "/tep/", "token", server.answers, (_, waiting) => waited.push(waiting), () => Promise.resolve());

beforeEach(() => {
  server = new Server();
  waited = [];
  sessionStorage.clear();
});

test("a good line should carry growing pieces and give the id", async () => {
  expect(await sending().run()).toBe("7");
  expect(await server.whole()).toBe(true);
  expect(server.stored.map((piece) => piece.length)).toEqual([65_536, 131_072, 103_392]);
});

test.each([
  ["lost on the way", "lost"],
  ["stored, its answer lost", "stored but unanswered"],
  ["met by a closed door", 502],
] as const)("a piece %s should neither be missing nor twice", async (_, fault) => {
  server.faults.set(3, fault);
  await sending().run();
  expect(await server.whole()).toBe(true);
  expect(server.asked).toContain("HEAD");
});

test("a long cut should be told and end by itself", async () => {
  for (const nth of [3, 4, 5, 6, 7]) server.faults.set(nth, "lost");
  await sending().run();
  expect(waited.filter(Boolean)).toHaveLength(4);
  expect(await server.whole()).toBe(true);
});

test("a line cut before the announcement should be waited for", async () => {
  server.faults.set(1, "lost");
  expect(await sending().run()).toBe("7");
});

test("a server further than we thought should be followed", async () => {
  server.stored.push(new Uint8Array(await FILE.slice(0, 1000).arrayBuffer()));
  await sending().run();
  expect(await server.whole()).toBe(true);
});

test("a file refused should say why", async () => {
  server.faults.set(1, 422);
  await expect(sending().run()).rejects.toThrow(new RefusedError("không nhận"));
});

test.each([404, 403, 500])("an answer of %i should end it, for the form to carry the file", async (status) => {
  server.faults.set(2, status);
  await expect(sending().run()).rejects.toThrow(/sending/);
});

test("a reloaded page should go on where it was", async () => {
  server.faults.set(3, 500);
  await expect(sending().run()).rejects.toThrow();
  server.faults.clear();
  await sending().run();
  expect(server.asked.filter((method) => method === "POST")).toHaveLength(1);
  expect(await server.whole()).toBe(true);
});

test("a file the server has forgotten should be sent anew", async () => {
  sessionStorage.setItem(`upload ${FILE.name} ${FILE.size} ${FILE.lastModified}`, "8 /tep/8/");
  expect(await sending().run()).toBe("7");
  expect(await server.whole()).toBe(true);
});
