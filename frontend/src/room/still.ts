/** Sends a small picture of this room for the operator's wall now and then, while the wall may look. */

/** A tile of the wall; about 4 kB as a JPEG, 6 kbit/s. */
const [WIDTH, HEIGHT, QUALITY] = [240, 135, 0.5];
const EVERY = 5000;
/** On a weak line speech comes first: only each sixth is sent. */
const SELDOM = 6;

export interface StillSource {
  /** This room's own picture, playing. */
  picture(): HTMLVideoElement | null;
  /** Whether the wall may look now: not inside a turn, not while they deliberate. The server decides again. */
  allowed(): boolean;
  /** Whether the line is weak. */
  weak(): boolean;
}

/** Starts sending to `url` and gives back how to stop; without an address nothing is sent. */
export function startStills(url: string | undefined, csrf: string, source: StillSource): () => void {
  if (!url) return () => undefined;
  let looks = 0;
  const look = async (): Promise<void> => {
    looks += 1;
    if (!source.allowed() || (source.weak() && looks % SELDOM !== 0)) return;
    const picture = await still(source.picture());
    // The turn may have begun while it was drawn.
    if (picture && source.allowed()) await send(url, csrf, picture);
  };
  const timer = setInterval(() => void look(), EVERY);
  return () => clearInterval(timer);
}

async function still(video: HTMLVideoElement | null): Promise<Blob | null> {
  if (!video?.videoWidth) return null;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  // Cut to the tile's shape around the middle, as the stage does.
  const scale = Math.max(WIDTH / video.videoWidth, HEIGHT / video.videoHeight);
  const [width, height] = [video.videoWidth * scale, video.videoHeight * scale];
  canvas.getContext("2d")?.drawImage(video, (WIDTH - width) / 2, (HEIGHT - height) / 2, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}

/** A still that does not arrive is followed by another. */
async function send(url: string, csrf: string, picture: Blob): Promise<void> {
  await fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": csrf, "Content-Type": "image/jpeg" },
    body: picture,
    credentials: "same-origin",
    signal: AbortSignal.timeout(EVERY),
  }).catch(() => undefined);
}
