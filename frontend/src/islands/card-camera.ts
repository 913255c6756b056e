/**
 * Reads the QR code of an identity card with the camera.  Loaded only when somebody scans; the reader (WebAssembly) is
 * ours, beside this file.
 */
import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";

const BETWEEN_LOOKS = 100;

/** The text of the first code with bars in it; null when stopped.  Throws what the camera throws. */
export async function scan(video: HTMLVideoElement, wasm: string, signal: AbortSignal): Promise<string | null> {
  prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } },
  });
  try {
    video.srcObject = stream;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    while (!signal.aborted) {
      const code = (await detector.detect(video)).find((one) => one.rawValue.includes("|"));
      if (code) return code.rawValue;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}
