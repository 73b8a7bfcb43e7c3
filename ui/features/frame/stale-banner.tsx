'use client'

import { WifiOff } from 'lucide-react'
import { formatClock } from '@/ui/format/moment'
import { Banner } from '@/ui/kit/banner'
import { Button } from '@/ui/kit/button'
import { liveClient } from '@/ui/live/live-client'
import { useLiveState } from '@/ui/live/use-live'

/** While the line is down: what is there stays, and catches up by itself. */
export function StaleBanner() {
  const { word, since } = useLiveState()
  if (word !== 'stale') return null
  return (
    <Banner
      icon={<WifiOff aria-hidden />}
      action={
        <Button size="small" onClick={() => liveClient().connectNow()}>
          Try now
        </Button>
      }
    >
      <b>Offline since {formatClock(since)}.</b> You see what had arrived by then; what is logged meanwhile comes by
      itself.
    </Banner>
  )
}
