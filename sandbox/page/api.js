/** The control API over HTTP. */

/** A request the sandbox refused or could not be asked; the message is for people. */
export class ControlError extends Error {}

async function read(response) {
  const answer = await response.json().catch(() => ({ ok: false, error: `HTTP ${response.status}` }));
  if (!answer.ok) throw new ControlError(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

async function ask(path, options) {
  const response = await fetch(path, options).catch(() => {
    throw new ControlError("The sandbox does not answer.");
  });
  return read(response);
}

/**
 * @param {string} base  where the control API is, ending in a slash
 */
export function createApi(base) {
  return {
    /** @param {string} path @param {Record<string, any>} [query] */
    get(path, query = {}) {
      const search = new URLSearchParams(query).toString();
      return ask(`${base}${path}${search ? `?${search}` : ""}`, {});
    },
    /** @param {string} verb @param {Record<string, any>} [body]  undefined fields are left out */
    post(verb, body = {}) {
      const headers = { "Content-Type": "application/json" };
      return ask(`${base}${verb}`, { method: "POST", headers, body: JSON.stringify(body) });
    },
    /** Opens the stream of events; the caller closes it. */
    events() {
      return new EventSource(`${base}events`);
    },
  };
}
