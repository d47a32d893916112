// What both Node.js contestants need: counting jobs, cutting a run of numbers, one line of JSON out.

export const nowMillis = () => performance.timeOrigin + performance.now();

export const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

// How often each job ran; numbers below 0 are there to warm up.
export class Tally {
  constructor(jobs) {
    this.counts = new Array(jobs).fill(0);
    this.missing = jobs;
    this.millis = [];
    this.complete = new Promise((resolve) => (this.done = resolve));
  }

  ran({ n, sent }) {
    if (n < 0) return;
    if (sent) this.millis.push(nowMillis() - sent);
    if (this.counts[n]++ === 0 && --this.missing === 0) this.done();
  }
}

export const payload = (n, sent = 0) => ({ n, sent, date: "2026-01-01", provider: "aws" });

// Several at once take the next slice, until there is none.
export async function slices(jobs, size, atOnce, work) {
  let next = 0;
  const one = async () => {
    while (next < jobs) {
      const from = next;
      next = Math.min(jobs, next + size);
      await work(from, Math.min(jobs, from + size));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

export async function timed(work) {
  const began = nowMillis();
  await work();
  return { began, ended: nowMillis() };
}

// Puts jobs in one by one, at moments spread evenly around a mean pause.
export async function feed(jobs, warmUp, meanMillis, put) {
  for (let n = -warmUp; n < jobs; n++) {
    await put(payload(n, nowMillis()));
    await pause(meanMillis / 2 + Math.random() * meanMillis);
  }
}

export const answer = (facts) => process.stdout.write(JSON.stringify(facts) + "\n");
