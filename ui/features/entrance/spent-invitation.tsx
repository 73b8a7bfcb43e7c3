import Link from 'next/link'
import { Button } from '@/ui/kit/button'
import { EntranceFrame } from './entrance-frame'

/** What stands behind an invitation that was used, revoked, or has run out. */
export function SpentInvitation() {
  return (
    <EntranceFrame title="This invitation no longer holds">
      <p className="text-ink-2">It was used, withdrawn, or has run out. Ask whoever sent it for a new one.</p>
      <Button asChild size="large" className="mt-4">
        <Link href="/login">Sign in</Link>
      </Button>
    </EntranceFrame>
  )
}
