// The engine of `calcgrad serve`: requests go to the program that serves the page.

/**
 * Answers a request.
 * @param {string} request One request of `calcgrad batch`, in JSON.
 * @returns {Promise<string>} Its record, in JSON.
 */
export async function answer(request) {
  const reply = await fetch("answer", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: request,
    cache: "no-store",
  });
  if (!reply.ok) {
    throw new Error(`${reply.status} ${reply.statusText}`);
  }
  return reply.text();
}
