import type { ChartLine, Zoom } from './line'

/** What a window shows of some lines, a row a point: line, x, the value as logged and, where smoothed, as drawn. */
export function linesCsv(lines: readonly ChartLine[], xName: string, window: Zoom | null): string {
  const smoothed = lines.some(line => line.raw)
  const rows = [['line', xName, 'value', ...(smoothed ? ['smoothed'] : [])].map(quote).join(',')]
  for (const { name, xs, ys, raw } of lines) {
    for (let i = 0; i < xs.length; i++) {
      const x = xs[i] as number
      if (window && (x < window[0] || x > window[1])) continue
      const value = (raw ?? ys)[i] as number
      rows.push(`${quote(name)},${x},${value}${smoothed ? `,${ys[i]}` : ''}`)
    }
  }
  return `${rows.join('\r\n')}\r\n`
}

/** A name that begins like a formula must not become one where the file is opened. */
function quote(name: string): string {
  const safe = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
