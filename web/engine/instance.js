// The engine in WebAssembly: one instance answers, until a request ends it.
//
// What a panic or too deep a recursion leaves behind is not to be trusted, and memory never
// gets smaller; so the instance is then given up, and the next request is answered by another.

/** An instance that has grown beyond so many bytes is given up. */
const LARGEST = 1 << 28;

/**
 * An engine.
 * @param {WebAssembly.Module} module What `web/build.sh` makes.
 * @returns {(request: string) => string} Answers a request of `calcgrad batch` with its record,
 *   both in JSON. It never throws.
 */
export function engine(module) {
  let instance = null;
  return (request) => {
    try {
      instance ??= new WebAssembly.Instance(module, {});
      const { room, answer, memory } = instance.exports;
      const bytes = new TextEncoder().encode(request);
      const place = room(bytes.length) >>> 0;
      new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
      answer();
      const record = read(instance);
      if (memory.buffer.byteLength > LARGEST) {
        instance = null;
      }
      return record;
    } catch (trap) {
      const record = defect(instance, trap, request);
      instance = null;
      return record;
    }
  };
}

/** What the engine has left to be read. */
function read({ exports: { place, length, memory } }) {
  const count = length() >>> 0;
  const bytes = new Uint8Array(memory.buffer, place() >>> 0, count);
  return new TextDecoder().decode(bytes);
}

/** The record of a request that ended the instance. */
function defect(instance, trap, request) {
  return JSON.stringify({ ...own(request), ok: false, error: told(instance, trap) });
}

/** What there is to be said of a trap. */
function told(instance, trap) {
  if (trap instanceof RangeError) {
    return { kind: "too_deep", message: "the input is nested more deeply than this browser bears" };
  }
  try {
    return JSON.parse(read(instance)).error;
  } catch {
    // No panic told of it: memory is used up.
    return { kind: "internal", message: `the engine stopped: ${trap.message}` };
  }
}

/** The id that a record has back. */
function own(request) {
  try {
    const id = JSON.parse(request).id ?? null;
    return id === null ? { line: 1 } : { id };
  } catch {
    return { line: 1 };
  }
}
