/* Two clients of one database, asked line by line: `node pouch_client.js URL FOLDER`.

A line of standard input is {"do": "fill" | "push" | "heard", ...}; its answer is one line of JSON. */
"use strict";

const PouchDB = require("pouchdb");
const [url, folder] = process.argv.slice(2);
const remote = new PouchDB(url, { skip_setup: true });
const mine = new PouchDB(`${folder}/mine`);
const other = new PouchDB(`${folder}/other`);
const MANY = { batch_size: 1000, batches_limit: 10 };
const SETTLED = 1500;
const BETWEEN = 20;
const PATIENCE = 30000;

const now = () => Number(process.hrtime.bigint()) / 1e6; // milliseconds
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/* Everything is in my store, and my store knows up to where the server has what is mine. */
async function fill() {
  const came = await mine.replicate.from(remote, MANY);
  await mine.replicate.to(remote, MANY);
  return came.docs_written;
}

/* Documents changed while nobody listens, then sent: how long that took, and how many the server has as they are. */
async function push({ ids, note }) {
  const kept = await mine.allDocs({ keys: ids, include_docs: true });
  await mine.bulkDocs(kept.rows.map((row) => ({ ...row.doc, note })));
  const began = now();
  await mine.replicate.to(remote, MANY);
  const spent = now() - began;
  const there = await remote.allDocs({ keys: ids, include_docs: true });
  return { spent, there: there.rows.filter((row) => row.doc.note === note).length };
}

/* From a put (to my own store with `own`, else to the server) to the change in the other client's store, each. */
async function heard({ ids, note, own }) {
  await mine.replicate.from(remote, MANY);
  const since = (await remote.info()).update_seq;
  const going = [PouchDB.replicate(remote, other, { live: true, since })];
  if (own) going.push(PouchDB.replicate(mine, remote, { live: true }));
  const changes = other.changes({ live: true, since: "now", include_docs: true });
  await pause(SETTLED);
  const late = [];
  for (const [turn, id] of ids.entries()) {
    late.push(await one(own ? mine : remote, changes, id, `${note} ${turn}`));
    await pause(BETWEEN);
  }
  [changes, ...going].forEach((running) => running.cancel());
  return late;
}

async function one(to, changes, id, note) {
  const doc = await to.get(id);
  const came = new Promise((done, failed) => {
    const hear = (change) => {
      if (change.id !== id || change.doc.note !== note) return;
      const at = now();
      changes.removeListener("change", hear);
      clearTimeout(patience);
      done(at);
    };
    const patience = setTimeout(() => failed(new Error(`${id} did not come`)), PATIENCE);
    changes.on("change", hear);
  });
  const began = now();
  await to.put({ ...doc, note });
  return (await came) - began;
}

async function main() {
  const asked = { fill, push, heard };
  for await (const line of require("readline").createInterface({ input: process.stdin })) {
    const { do: what, ...more } = JSON.parse(line);
    console.log(JSON.stringify(await asked[what](more)));
  }
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
