/* PouchDB's server (express-pouchdb over leveldb) as it ships: `node pouch_server.js FOLDER PORT`. */
"use strict";

const [folder, port] = process.argv.slice(2);
const Database = require("pouchdb").defaults({ prefix: `${folder}/` });
const app = require("express")();

app.use("/", require("express-pouchdb")(Database, { mode: "minimumForPouchDB", logPath: `${folder}/log.txt` }));
app.listen(Number(port), "127.0.0.1");
