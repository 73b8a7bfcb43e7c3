export type Labels = Record<string, string>

/** The labels as one text, the same for the same set: '' where there is none. */
export function labelSetOf(labels: Labels): string {
  const entries = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
  return entries.length === 0 ? '' : JSON.stringify(entries)
}

/** One series of a run: a key with one label set. */
export function seriesName(key: string, labelSet: string): string {
  return `${key}\0${labelSet}`
}
