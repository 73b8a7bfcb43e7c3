import { cn } from './cn'

const tones = {
  ok: 'bg-ok shadow-[0_0_0_3px_var(--ok-soft)]',
  warn: 'bg-warn shadow-[0_0_0_3px_var(--warn-soft)]',
  bad: 'bg-bad shadow-[0_0_0_3px_var(--bad-soft)]',
  off: 'bg-ink-off',
}

export type DotTone = keyof typeof tones

export function Dot({ tone = 'ok', className }: { tone?: DotTone; className?: string }) {
  return <i aria-hidden className={cn('size-[7px] shrink-0 rounded-full', tones[tone], className)} />
}
