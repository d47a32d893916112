// graphile-worker, one verb a process: prepare, enqueue, singly, drain, pickup, feed, fire.
import { makeWorkerUtils, parseCrontab, run, runMigrations, runOnce } from "graphile-worker";
import { Logger } from "graphile-worker";
import pg from "pg";
import { answer, feed, nowMillis, pause, payload, slices, Tally, timed } from "./common.mjs";

const [verb, url, ...numbers] = process.argv.slice(2);
const [jobs, second, third] = numbers.map(Number);
const TASK = "nothing";
const BULK =
  "select 1 from graphile_worker.add_jobs(array(select json_populate_recordset(null::graphile_worker.job_spec, $1::json)))";
const SINGLE = "select graphile_worker.add_job('nothing', $1::json)";

const preset = {
  worker: {
    connectionString: url,
    concurrentJobs: 24,
    maxPoolSize: 25,
    localQueue: { size: 500 },
    completeJobBatchDelay: 0,
    failJobBatchDelay: 0,
  },
};
const logger = new Logger(() => (level, message) => {
  if (level === "error" || level === "warning") process.stderr.write(message + "\n");
});
const options = { preset, logger, noHandleSignals: true };

async function withPool(size, work) {
  const pool = new pg.Pool({ connectionString: url, max: size });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

const tasks = (tally) => ({ [TASK]: (job) => tally.ran(job) });

const verbs = {
  async prepare() {
    await runMigrations(options);
    answer({});
  },
  enqueue: () =>
    withPool(second, async (pool) => {
      const spec = (n) => ({ identifier: TASK, payload: payload(n) });
      const bulk = (from, to) =>
        pool.query(BULK, [JSON.stringify(Array.from({ length: to - from }, (_, i) => spec(from + i)))]);
      answer(await timed(() => slices(jobs, third, second, bulk)));
    }),
  singly: () =>
    withPool(second, async (pool) => {
      const single = (n) => pool.query(SINGLE, [JSON.stringify(payload(n))]);
      answer(await timed(() => slices(jobs, 1, second, single)));
    }),
  async drain() {
    const tally = new Tally(jobs);
    const times = await timed(() => runOnce(options, tasks(tally)));
    answer({ ...times, counts: tally.counts });
  },
  async pickup() {
    const tally = new Tally(jobs);
    const runner = await run(options, tasks(tally));
    answer({ ready: true });
    await tally.complete;
    await runner.stop();
    answer({ counts: tally.counts, millis: tally.millis });
  },
  async feed() {
    const utils = await makeWorkerUtils(options);
    await feed(jobs, second, third, (job) => utils.addJob(TASK, job));
    await utils.release();
    answer({});
  },
  // Its finest moment is a minute: schedules of the next one that is far enough away.
  async fire() {
    const due = Math.ceil((Date.now() + second * 1000) / 60000) * 60000;
    const at = new Date(due);
    const minute = `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`;
    const lines = Array.from({ length: jobs }, (_, n) => `${minute} ${TASK} ?id=schedule${n} ${JSON.stringify(payload(n))}`);
    const tally = new Tally(jobs);
    const runner = await run({ ...options, parsedCronItems: parseCrontab(lines.join("\n")) }, tasks(tally));
    await tally.complete;
    await withPool(1, async (pool) => {
      const left = "select count(*)::int as n from graphile_worker.jobs";
      while ((await pool.query(left)).rows[0].n > 0) await pause(5);
    });
    const ended = nowMillis();
    await runner.stop();
    answer({ began: due, ended, counts: tally.counts });
  },
};

await verbs[verb]();
