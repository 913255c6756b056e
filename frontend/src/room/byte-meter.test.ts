import { expect, test } from "vitest";
import { ByteMeter, type MeteredReceiver } from "./byte-meter";

class Line implements MeteredReceiver {
  bytes = 0;
  closed = false;
  async getStats(): Promise<Map<string, unknown>> {
    if (this.closed) throw new Error("closed");
    return new Map<string, unknown>([
      ["in", { type: "inbound-rtp", bytesReceived: this.bytes }],
      ["codec", { type: "codec" }],
      ["out", { type: "remote-outbound-rtp", bytesReceived: 999 }],
    ]);
  }
}

test("the meter should add up only what arrived", async () => {
  const meter = new ByteMeter();
  const [one, two] = [new Line(), new Line()];
  meter.add(one);
  meter.add(two);
  meter.add(one);
  meter.add(undefined);
  [one.bytes, two.bytes] = [100, 20];
  expect(await meter.total()).toBe(120);
});

test("a closed connection should keep its last figure", async () => {
  const meter = new ByteMeter();
  const line = new Line();
  meter.add(line);
  line.bytes = 70;
  await meter.total();
  line.closed = true;
  expect(await meter.total()).toBe(70);
});

test("a receiver that goes on after its room was left should still be counted", async () => {
  const meter = new ByteMeter();
  const line = new Line();
  meter.add(line);
  line.bytes = 70;
  await meter.total();
  line.bytes = 90;
  expect(await meter.total()).toBe(90);
});
