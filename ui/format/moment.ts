const STEPS = [
  [60, 'second', 1],
  [3600, 'minute', 60],
  [86_400, 'hour', 3600],
  [2_592_000, 'day', 86_400],
  [31_536_000, 'month', 2_592_000],
  [Number.POSITIVE_INFINITY, 'year', 31_536_000],
] as const

const SHORT: Record<(typeof STEPS)[number][1], string> = {
  second: 's',
  minute: 'min',
  hour: 'h',
  day: 'd',
  month: 'mo',
  year: 'y',
}

/** just now, 12 min ago, 3 d ago, in 5 h */
export function formatRelative(at: number, now: number): string {
  const seconds = Math.abs(now - at) / 1000
  if (seconds < 5) return 'just now'
  const [, name, unit] = STEPS.find(([below]) => seconds < below) ?? STEPS[5]
  const text = `${Math.floor(seconds / unit)} ${SHORT[name]}`
  return at <= now ? `${text} ago` : `in ${text}`
}

const full = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
})

/** 23 November 2026 at 06:31:08 CET, in the reader's zone */
export function formatMoment(at: number): string {
  return full.format(at)
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const clockSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** 14:02 */
export function formatClock(at: number): string {
  return clock.format(at)
}

/** The label of a tick on an axis of moments cut at `step` milliseconds. */
export function formatClockTick(at: number, step: number): string {
  if (step >= 86_400_000) return day.format(at)
  return step < 60_000 ? clockSeconds.format(at) : clock.format(at)
}
