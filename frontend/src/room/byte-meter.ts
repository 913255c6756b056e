/** Counts media bytes received over the life of a page, over every room it was in. */

/** What the meter needs of an RTCRtpReceiver. */
export interface MeteredReceiver {
  getStats(): Promise<Iterable<readonly [string, unknown]>>;
}

/**
 * A receiver is asked for as long as it answers, also after its room was left: media that went on arriving on a
 * connection thought closed would still be counted.
 */
export class ByteMeter {
  readonly #seen = new Map<MeteredReceiver, number>();

  add(receiver: MeteredReceiver | undefined): void {
    if (receiver && !this.#seen.has(receiver)) this.#seen.set(receiver, 0);
  }

  /** Bytes of every receiver so far; one that no longer answers keeps its last figure. */
  async total(): Promise<number> {
    await Promise.all([...this.#seen.keys()].map((receiver) => this.#sample(receiver)));
    return [...this.#seen.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  async #sample(receiver: MeteredReceiver): Promise<void> {
    const bytes = await inboundBytes(receiver).catch(() => 0);
    // Counters of a closed connection vanish or start over; what arrived has arrived.
    this.#seen.set(receiver, Math.max(this.#seen.get(receiver) ?? 0, bytes));
  }
}

async function inboundBytes(receiver: MeteredReceiver): Promise<number> {
  let bytes = 0;
  for (const [, report] of await receiver.getStats()) {
    const told = report as { type?: string; bytesReceived?: number };
    if (told.type === "inbound-rtp") bytes += told.bytesReceived ?? 0;
  }
  return bytes;
}
