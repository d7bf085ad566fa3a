// Requests are answered here, beside the page, which goes on while one takes long.

import { answer } from "./engine.js";

/** The newest request of each channel that was not answered yet. */
const waiting = new Map();
let isBusy = false;

/** Lets the messages come in that were sent in the meantime. */
function breathe() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}

async function work() {
  if (isBusy) return;
  isBusy = true;
  await breathe();
  for (let next = waiting.values().next(); !next.done; next = waiting.values().next()) {
    const { channel, number, request } = next.value;
    waiting.delete(channel);
    postMessage({ channel, number, began: true });
    try {
      postMessage({ channel, number, record: JSON.parse(await answer(request)) });
    } catch (error) {
      postMessage({ channel, number, failure: String(error?.message ?? error) });
    }
    await breathe();
  }
  isBusy = false;
}

onmessage = ({ data }) => {
  if (data.clear) {
    waiting.clear();
  } else {
    waiting.set(data.channel, data);
    void work();
  }
};
