import type { ReactNode } from 'react'
import { cn } from './cn'

export type StateShape = 'ringed-dot' | 'tick' | 'cross' | 'triangle' | 'square' | 'broken-ring' | 'ring'
export type StateTone = 'ok' | 'quiet' | 'warn' | 'bad'

const shapes: Record<StateShape, ReactNode> = {
  'ringed-dot': (
    <>
      <circle cx="7" cy="7" r="5.6" strokeOpacity=".35" />
      <circle cx="7" cy="7" r="2.6" fill="currentColor" stroke="none" />
    </>
  ),
  tick: <path d="M3.2 7.4 5.8 10l5-5.8" />,
  cross: <path d="M3.8 3.8l6.4 6.4M10.2 3.8 3.8 10.2" />,
  triangle: <path d="M7 2.2 12.3 11.6H1.7zM7 5.6v2.6M7 9.9h.01" />,
  square: <rect x="3.6" y="3.6" width="6.8" height="6.8" rx="1" />,
  'broken-ring': <circle cx="7" cy="7" r="5" strokeDasharray="2.4 2.2" />,
  ring: <circle cx="7" cy="7" r="4.6" />,
}

const tones: Record<StateTone, string> = { ok: 'text-ok', quiet: 'text-ink-3', warn: 'text-warn', bad: 'text-bad' }

export type StateIconProps = { shape: StateShape; tone: StateTone; label?: string; className?: string }

/** States differ by shape first, colour second. Without a label it is decoration beside a word. */
export function StateIcon({ shape, tone, label, className }: StateIconProps) {
  return (
    <svg
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={!label}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cn('shrink-0', tones[tone], className)}
    >
      {label ? <title>{label}</title> : null}
      {shapes[shape]}
    </svg>
  )
}
