/** What the levels of a sound check mean, and what to do about it; levels in dB below full scale. */
import { say } from "../language";

export interface Levels {
  /** The room before anybody speaks. */
  readonly quiet: number;
  /** What the microphone sends while the loudspeaker speaks: the echo others would hear. */
  readonly prompt: number;
  /** Somebody speaking at the citizen's place. */
  readonly speech: number;
}

export type Finding = "good" | "unheard" | "noisy" | "echo" | "loud";

/** Speech below this does not reach the others (a muted or unplugged microphone gives less). */
const HEARD = -50;
/** Speech above this is cut off at the top. */
const LOUD = -6;
/** How far speech must stand out of the room's own noise. */
const ABOVE_NOISE = 6;
/** How far the loudspeaker may stand out of the quiet room before others hear themselves. */
const ECHO_ABOVE_QUIET = 12;

export function judge({ quiet, prompt, speech }: Levels): Finding {
  if (speech < HEARD) return "unheard";
  if (prompt > HEARD && prompt - quiet > ECHO_ABOVE_QUIET) return "echo";
  if (speech - quiet < ABOVE_NOISE) return "noisy";
  return speech > LOUD ? "loud" : "good";
}

/** Level of samples between -1 and 1, in dB; silence is -100. */
export function decibels(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.max(-100, 10 * Math.log10(sum / Math.max(samples.length, 1) || 1e-10));
}

/** The level that is passed a tenth of the time: a sentence has pauses, a beep has rests. */
export function usual(levels: readonly number[]): number {
  const sorted = [...levels].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.9)] ?? -100;
}

/** The finding with what to do, for the clerk. */
export function findingWords(finding: Finding): string {
  return {
    good: say(
      "Tiếng tốt. Nếu vừa nghe rõ câu thử và tiếng thu lại thì phòng đã sẵn sàng.",
      "The sound is good. If the prompt and the recording were clear, the room is ready.",
    ),
    unheard: say(
      "Micro gần như không thu được tiếng. Kiểm tra micro đã cắm và đã bật, rồi thử lại.",
      "The microphone hears almost nothing. See that it is plugged in and switched on, then try again.",
    ),
    noisy: say(
      "Không phân biệt được tiếng nói với tiếng ồn trong phòng. Ngồi gần micro hơn, tắt quạt, đóng cửa, rồi thử lại.",
      "Speech does not stand out of the room's noise. Sit closer, switch the fan off, close the door, then try again.",
    ),
    echo: say(
      "Micro thu lại tiếng loa: người ở xa sẽ nghe tiếng vọng. Vặn nhỏ loa hoặc đặt micro xa loa, rồi thử lại.",
      "The microphone picks up the loudspeaker: the others would hear an echo. Turn it down or move them apart, then try again.",
    ),
    loud: say(
      "Tiếng nói quá to nên bị rè. Đặt micro xa miệng hơn, rồi thử lại.",
      "Speech is too loud and distorted. Move the microphone away a little, then try again.",
    ),
  }[finding];
}
