// Verifies what receiver.py kept with an independent implementation of Standard Webhooks.
//   node verify.js RECORD PATH SECRET...
// Says how many deliveries to that path there are; each must verify with each of the secrets. Status 1: one does not.
"use strict";
const fs = require("fs");
const { Webhook } = require("standardwebhooks");

const [record, path, ...secrets] = process.argv.slice(2);
const rows = fs.existsSync(record) ? fs.readFileSync(record, "utf8").trim().split("\n").filter(Boolean).map((line) => JSON.parse(line)) : [];
const ours = rows.filter((row) => row.path === path);
for (const row of ours) {
  for (const secret of secrets) {
    const payload = new Webhook(secret).verify(row.body, row.headers);
    if (typeof payload.type !== "string" || Number.isNaN(Date.parse(payload.timestamp)) || typeof payload.data !== "object") {
      throw new Error("the body is not one of the standard: " + row.body);
    }
  }
}
console.log(ours.length);
