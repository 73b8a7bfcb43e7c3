/** So many of the newest runs are on the board until the reader chooses. */
export const SHOWN_AT_FIRST = 10

export type Eyes = { show: readonly string[]; hide: readonly string[] }

/** The runs on the board: the newest few, and what the reader's eyes added or took away. */
export function shownRuns(ids: readonly string[], eyes: Eyes): Set<string> {
  const shown = new Set(ids.slice(0, SHOWN_AT_FIRST))
  for (const id of eyes.show) shown.add(id)
  for (const id of eyes.hide) shown.delete(id)
  return shown
}

/** The eyes after one of them was clicked; only what differs from the start is kept, so that addresses stay short. */
export function toggleEye(ids: readonly string[], eyes: Eyes, id: string): Eyes {
  const newest = new Set(ids.slice(0, SHOWN_AT_FIRST))
  const without = (list: readonly string[]) => list.filter(each => each !== id)
  const show = without(eyes.show)
  const hide = without(eyes.hide)
  if (shownRuns(ids, eyes).has(id)) return { show, hide: newest.has(id) ? [...hide, id] : hide }
  return { show: newest.has(id) ? show : [...show, id], hide }
}

/** Exactly these. */
export function onlyThese(ids: readonly string[], wanted: readonly string[]): Eyes {
  const newest = ids.slice(0, SHOWN_AT_FIRST)
  return {
    show: wanted.filter(id => !newest.includes(id)),
    hide: newest.filter(id => !wanted.includes(id)),
  }
}
