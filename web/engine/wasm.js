// The engine of a static site: requests are answered here, by WebAssembly.

import { engine } from "./instance.js";

/** It is compiled once, when the first request comes. */
let ready = null;

async function load() {
  const reply = await fetch(new URL("engine.wasm", import.meta.url));
  if (!reply.ok) {
    throw new Error(`${reply.status} ${reply.statusText}`);
  }
  // Not as a stream: that asks a type of the server which many do not send.
  return engine(await WebAssembly.compile(await reply.arrayBuffer()));
}

/**
 * Answers a request.
 * @param {string} request One request of `calcgrad batch`, in JSON.
 * @returns {Promise<string>} Its record, in JSON.
 */
export async function answer(request) {
  ready ??= load();
  try {
    return (await ready)(request);
  } catch (error) {
    // The next request may find the network again.
    ready = null;
    throw error;
  }
}
