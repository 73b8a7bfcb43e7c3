import { csvText } from '@/protocol/csv'
import type { ChartLine, Zoom } from './line'

/** What a window shows of some lines, a row a point: line, x, the value as logged and, where smoothed, as drawn. */
export function linesCsv(lines: readonly ChartLine[], xName: string, window: Zoom | null): string {
  const smoothed = lines.some(line => line.raw)
  const rows = [['line', xName, 'value', ...(smoothed ? ['smoothed'] : [])].map(csvText).join(',')]
  for (const { name, xs, ys, raw } of lines) {
    for (let i = 0; i < xs.length; i++) {
      const x = xs[i] as number
      if (window && (x < window[0] || x > window[1])) continue
      const value = (raw ?? ys)[i] as number
      rows.push(`${csvText(name)},${x},${value}${smoothed ? `,${ys[i]}` : ''}`)
    }
  }
  return `${rows.join('\r\n')}\r\n`
}
