/** The stream of changes, kept open: after a break it comes back by itself and says so. */

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;

/**
 * @param {ReturnType<import("./api.js").createApi>} api
 * @param {{opened: () => void, lost: () => void, event: (event: any) => void}} to
 *   `opened` is called at every (re)connection: whatever happened in between must be fetched then.
 */
export function follow(api, to) {
  let wait = FIRST_WAIT;

  function connect() {
    const source = api.events();
    source.addEventListener("open", () => {
      wait = FIRST_WAIT;
      to.opened();
    });
    source.addEventListener("message", (message) => to.event(JSON.parse(message.data)));
    source.addEventListener("error", () => {
      source.close();
      to.lost();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
  }

  connect();
}
