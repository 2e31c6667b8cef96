/** The next frame: its time (ms, as the browser counts frames), before it is laid out and painted. */
export function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Resolves in a task of its own. Called within a frame, that is once the main thread has laid it out and painted it. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

/** Does something within a frame; returns what the frame then takes of the main thread, layout and paint included, in ms. */
export async function costInFrame(act: () => void): Promise<number> {
  await nextFrame();
  const began = performance.now();
  act();
  await nextTask();
  return performance.now() - began;
}

/** Waits, so that what comes late has come: observers, timers, pictures. */
export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Takes down the time of each frame until it is stopped. */
export class FrameWatch {
  readonly #times: number[] = [];
  #frame = 0;

  start(): void {
    const note = (time: number): void => {
      this.#times.push(time);
      this.#frame = requestAnimationFrame(note);
    };
    this.#frame = requestAnimationFrame(note);
  }

  /** Ends it; returns how long each frame stood, in ms. */
  stop(): readonly number[] {
    cancelAnimationFrame(this.#frame);
    return this.#times.slice(1).map((time, i) => time - (this.#times[i] ?? time));
  }
}
