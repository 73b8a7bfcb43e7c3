import Link from 'next/link'
import { Button } from '@/ui/kit/button'
import { Mark } from '@/ui/kit/mark'

/** Also for what exists and is not the reader's to see. */
export function NotFoundScreen() {
  return (
    <div className="flex min-h-dvh flex-1 flex-col bg-surface">
      <header className="flex h-(--bar) shrink-0 items-center gap-2 border-line border-b px-4">
        <Mark />
        <span className="font-semibold">Trackside</span>
      </header>
      <main className="flex flex-1 flex-col items-center justify-center gap-2 px-6 pb-[12vh] text-center">
        <h1 className="t-page">There is no such page</h1>
        <p className="max-w-[420px] text-ink-2">
          It may have been renamed or deleted, or belong to a workspace that you are not a member of.
        </p>
        <Button asChild className="mt-3">
          <Link href="/">Go to your workspace</Link>
        </Button>
      </main>
    </div>
  )
}
