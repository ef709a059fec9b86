/* Puts an explorer on a page where no Python runs: a script that any page can load, from a file too.
 *
 *   mountExplorer(address, saved, element)
 *
 * The address leads to explore.js; a page that was opened from a file may import only what it
 * holds, so there it is a data or blob address. Saved are the kind, state and values of the widget.
 */
async function mountExplorer(address, saved, element) {
  const { default: explorer } = await import(address);
  const values = { values: {}, ...saved };
  const model = {
    get: (name) => values[name],
    set: (name, value) => { values[name] = value; },
    // There is nobody to tell, and nobody who would say something.
    save_changes() {},
    on() {},
    off() {},
  };
  return explorer.render({ model, el: element });
}
