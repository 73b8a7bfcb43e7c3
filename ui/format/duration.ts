const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const

/** 350 ms, 42 s, 7 h 18 min, 3 d 4 h: the two largest units, whole. */
export function formatDuration(ms: number): string {
  const size = Math.abs(ms)
  const sign = ms < 0 ? '−' : ''
  if (size < 1000) return `${sign}${Math.round(size)} ms`
  const at = UNITS.findIndex(([unit]) => size >= unit)
  const [unit, name] = UNITS[at] ?? UNITS[3]
  const whole = Math.floor(size / unit)
  const next = UNITS[at + 1]
  const rest = next ? Math.floor((size - whole * unit) / next[0]) : 0
  return `${sign}${whole} ${name}${next && rest > 0 ? ` ${rest} ${next[1]}` : ''}`
}

/** The label of a tick on an axis of durations cut at `step`: 0, 15 s, 1 h 30, 2 d. */
export function formatDurationTick(ms: number, step: number): string {
  if (ms === 0) return '0'
  if (step < 1000) return `${Number((ms / 1000).toFixed(3))} s`
  return formatDuration(ms)
}
