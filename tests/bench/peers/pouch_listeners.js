/* Clients that follow a server by long poll, as PouchDB's own do: `node pouch_listeners.js URL COUNT`.

It says "ready" when all have asked, goes on until a line comes, then tells [[client, turn, seconds], ...]: when which
client held which change, on the clock that all processes of a machine share. */
"use strict";

const http = require("http");
const [url, count] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
const heard = [];

function asked(path) {
  return new Promise((done, failed) => {
    const reading = http.get(url + path, { agent }, (reply) => {
      const parts = [];
      reply.on("data", (part) => parts.push(part));
      reply.on("end", () => done(JSON.parse(Buffer.concat(parts))));
    });
    reading.on("error", failed);
  });
}

async function listen(client, since) {
  for (;;) {
    const page = await asked(`/_changes?feed=longpoll&include_docs=true&limit=100&timeout=25000&since=${since}`);
    const at = Number(process.hrtime.bigint()) / 1e9;
    for (const { doc } of page.results) heard.push([client, doc.turn, at]);
    since = page.last_seq;
  }
}

async function main() {
  const { update_seq: since } = await asked("");
  for (let client = 0; client < Number(count); client++) {
    listen(client, since).catch((error) => {
      console.error(error);
      process.exit(1);
    });
  }
  console.log("ready");
  require("readline").createInterface({ input: process.stdin }).once("line", () => {
    process.stdout.write(`${JSON.stringify(heard)}\n`, () => process.exit(0));
  });
}

main();
