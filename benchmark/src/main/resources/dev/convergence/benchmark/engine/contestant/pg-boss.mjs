// pg-boss, one verb a process: prepare, enqueue, singly, drain, pickup, feed.
import { PgBoss } from "pg-boss";
import { answer, feed, pause, payload, slices, Tally, timed } from "./common.mjs";

const [verb, url, ...numbers] = process.argv.slice(2);
const [jobs, second, third] = numbers.map(Number);
const QUEUE = "nothing";

async function withBoss(options, work) {
  const boss = new PgBoss({ connectionString: url, max: 10, schedule: false, ...options });
  boss.on("error", (error) => process.stderr.write(`${error}\n`));
  await boss.start();
  try {
    return await work(boss);
  } finally {
    await boss.stop({ graceful: true, timeout: 5000 });
  }
}

const working = {
  batchSize: 500,
  localConcurrency: 4,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 0.5,
};

const work = (boss, tally) =>
  boss.work(QUEUE, working, async (batch) => {
    for (const job of batch) tally.ran(job.data);
  });

// Jobs that are not completed yet; the table of a queue is a partition of this one.
async function settled(boss) {
  const left = "select count(*)::int as n from pgboss.job where name = 'nothing' and state < 'completed'";
  while ((await boss.getDb().executeSql(left, [])).rows[0].n > 0) await pause(5);
}

const verbs = {
  prepare: () =>
    withBoss({}, async (boss) => {
      await boss.createQueue(QUEUE, { notify: true });
      answer({});
    }),
  enqueue: () =>
    withBoss({ max: second }, async (boss) => {
      const bulk = (from, to) =>
        boss.insert(QUEUE, Array.from({ length: to - from }, (_, i) => ({ data: payload(from + i) })));
      answer(await timed(() => slices(jobs, third, second, bulk)));
    }),
  singly: () =>
    withBoss({ max: second }, async (boss) => {
      answer(await timed(() => slices(jobs, 1, second, (n) => boss.send(QUEUE, payload(n)))));
    }),
  drain: () =>
    withBoss({ useListenNotify: true }, async (boss) => {
      const tally = new Tally(jobs);
      const times = await timed(async () => {
        await work(boss, tally);
        await tally.complete;
        await settled(boss);
      });
      answer({ ...times, counts: tally.counts });
    }),
  pickup: () =>
    withBoss({ useListenNotify: true }, async (boss) => {
      const tally = new Tally(jobs);
      await work(boss, tally);
      answer({ ready: true });
      await tally.complete;
      answer({ counts: tally.counts, millis: tally.millis });
    }),
  feed: () =>
    withBoss({ useListenNotify: true }, async (boss) => {
      await feed(jobs, second, third, (job) => boss.send(QUEUE, job));
      answer({});
    }),
};

await verbs[verb]();
