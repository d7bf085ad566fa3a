// Serves a folder of files on this machine, for tests of the static site.
//
//   node web/engine/serve.js FOLDER [COMMAND …]
//
// With a command, runs it with the address as its last word, and ends as it ends; else prints the
// address and goes on until it is ended.

import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

const [folder, command, ...words] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: node web/engine/serve.js FOLDER [COMMAND …]");
  process.exit(2);
}

const server = createServer(async (request, reply) => {
  const { pathname } = new URL(request.url, "http://localhost");
  // Nothing above the folder: `normalize` takes away what leads there.
  const path = join(folder, normalize(decodeURIComponent(pathname)).replace(/\/$/, "/index.html"));
  try {
    const bytes = await readFile(path);
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    reply.writeHead(200, { "Content-Type": type }).end(bytes);
  } catch {
    reply.writeHead(404).end();
  }
});

server.listen(0, "127.0.0.1", () => {
  const address = `http://127.0.0.1:${server.address().port}/`;
  if (command === undefined) {
    console.log(address);
    return;
  }
  const child = spawn(command, [...words, address], { stdio: "inherit" });
  child.on("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on("exit", (code) => process.exit(code ?? 1));
});
