/** The microphone as the room will send it, measured and recorded here only: nothing leaves the machine. */
import { decibels, usual } from "./sound-levels";

/** Milliseconds between two looks at the level. */
const LOOK_EVERY = 50;

export class Microphone {
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #samples = new Float32Array(this.#analyser.fftSize);

  private constructor(readonly stream: MediaStream) {
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
  }

  /** Opens it as the room does, echo cancellation included; rejects like getUserMedia. */
  static async open(): Promise<Microphone> {
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    return new Microphone(await navigator.mediaDevices.getUserMedia({ audio }));
  }

  /** The usual level, in dB, until `done` resolves. */
  async level(done: Promise<unknown>): Promise<number> {
    const levels: number[] = [];
    const timer = setInterval(() => {
      this.#analyser.getFloatTimeDomainData(this.#samples);
      levels.push(decibels(this.#samples));
    }, LOOK_EVERY);
    await done.finally(() => clearInterval(timer));
    return usual(levels);
  }

  /** What is said until `done` resolves, to be played back. */
  async record(done: Promise<unknown>): Promise<Blob> {
    const recorder = new MediaRecorder(this.stream);
    const pieces: Blob[] = [];
    recorder.ondataavailable = ({ data }) => void pieces.push(data);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    await done.finally(() => recorder.stop());
    await stopped;
    return new Blob(pieces, { type: recorder.mimeType });
  }

  close(): void {
    for (const track of this.stream.getTracks()) track.stop();
    void this.#context.close();
  }
}
