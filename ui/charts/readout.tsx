import { formatDuration } from '@/ui/format/duration'
import { formatAligned, formatNumber } from '@/ui/format/number'
import { cn } from '@/ui/kit/cn'
import type { XKind } from './line'
import type { Reading } from './reading'
import { sayShortX, sayX } from './x-words'

const DASHES = ['', '6 3', '2 2', '8 3 2 3']

export type ReadoutProps = {
  kind: XKind
  x: number
  /** Nearest first. */
  readings: readonly Reading[]
  near: string | null
  /** From the lowest to the highest value of the plot; 0 on a log axis, where decimals mean nothing. */
  span: number
  className?: string
}

/** More rows than this are counted instead of listed. */
const MOST = 16

/** The values under the crosshair: the nearest line first and tinted, with its raw value; the rest by value. */
export function Readout({ kind, x, readings, near, span, className }: ReadoutProps) {
  const more = readings.length - MOST
  return (
    <div role="status" className={cn('t-small', className)}>
      <p className="flex gap-2 whitespace-nowrap px-2.5 pb-1 text-ink-3">
        <b className="flex-1 font-semibold text-ink">{sayX(kind, x)}</b>
        {sayElapsed(readings[0])}
      </p>
      <ul>
        {readings.slice(0, MOST).map(reading => (
          <ReadoutRow key={reading.line.id} {...{ kind, reading, span }} near={near === reading.line.id} />
        ))}
      </ul>
      {more > 0 ? <p className="t-micro px-2.5 pt-1 text-ink-3">{more} more</p> : null}
    </div>
  )
}

const row = 'grid grid-cols-[12px_minmax(0,1fr)_auto] items-center gap-x-[7px] whitespace-nowrap px-2.5'

type RowProps = { kind: XKind; reading: Reading; near: boolean; span: number }

function ReadoutRow({ kind, reading, near, span }: RowProps) {
  const { line, raw } = reading
  return (
    <>
      <li className={cn(row, 'h-[18px]', near && 'h-5 bg-selected font-semibold', reading.missing && 'text-ink-3')}>
        <svg aria-hidden width="12" height="4">
          <line x2="12" y1="2" y2="2" stroke={line.color} strokeWidth="2.5" strokeDasharray={DASHES[line.dash ?? 0]} />
        </svg>
        <span className="truncate">{line.name}</span>
        <span className="text-right">{sayValue(kind, reading, span)}</span>
      </li>
      {near && raw !== null ? (
        <li className={cn(row, 't-micro mb-[3px] h-[18px] bg-selected pb-0.5 text-ink-2')}>
          <i />
          <span>raw, unsmoothed</span>
          <span className="text-right">{say(raw, span)}</span>
        </li>
      ) : null}
    </>
  )
}

/** How long the nearest line had been going: "7 h 18 min". */
function sayElapsed(reading: Reading | undefined): string | null {
  const at = reading?.line.times?.[reading.at]
  const start = reading?.line.start
  return at === undefined || start === undefined ? null : formatDuration(at - start)
}

/** The value, or why there is none here. */
function sayValue(kind: XKind, { line, y, missing }: Reading, span: number): string {
  if (missing === 'empty') return 'no points'
  if (missing === 'before') return `from ${sayShortX(kind, line.xs[0] as number)}`
  if (missing === 'after') return `${line.live ? 'now at' : 'ended at'} ${sayShortX(kind, line.xs.at(-1) as number)}`
  return say(y, span)
}

const say = (value: number, span: number) => (span > 0 ? formatAligned(value, span) : formatNumber(value))
