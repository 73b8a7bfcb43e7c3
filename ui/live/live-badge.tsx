'use client'

import { formatClock } from '@/ui/format/moment'
import { Dot, type DotTone } from '@/ui/kit/dot'
import type { LiveState } from './connection'
import { useLiveState } from './use-live'

/** Live, reconnecting, or stale since when; `note` follows the word while live ("3 running"). */
export function LiveBadge({ note }: { note?: string }) {
  const state = useLiveState()
  return (
    <span role="status" className="t-small flex items-center gap-1.5 whitespace-nowrap text-ink-2">
      <Dot tone={tones[state.word]} />
      {wordsOf(state, note)}
    </span>
  )
}

const tones: Record<LiveState['word'], DotTone> = { connecting: 'off', live: 'ok', reconnecting: 'warn', stale: 'warn' }

function wordsOf({ word, since }: LiveState, note?: string): string {
  if (word === 'live') return note ? `Live, ${note}` : 'Live'
  if (word === 'connecting') return 'Connecting'
  return word === 'reconnecting' ? 'Reconnecting' : `Stale since ${formatClock(since)}`
}
