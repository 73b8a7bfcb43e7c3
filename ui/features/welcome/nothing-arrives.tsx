import { Popover, PopoverContent, PopoverTrigger } from '@/ui/kit/popover'

/** What to look at when the script runs and the page stays empty. */
export function NothingArrives() {
  return (
    <Popover>
      <PopoverTrigger className="rounded-sm text-accent hover:underline">Nothing arrives?</PopoverTrigger>
      <PopoverContent align="end" className="w-80">
        <ol className="list-decimal space-y-1.5 pl-4 text-ink-2">
          <li>
            <code className="text-ink">trackside status</code> on the training machine says what waits there and why.
          </li>
          <li>The address in line 2 must be one that machine can reach.</li>
          <li>The key needs the scope write, and must not be revoked or expired.</li>
          <li>
            Offline runs stay on disk until <code className="text-ink">trackside sync</code>.
          </li>
        </ol>
      </PopoverContent>
    </Popover>
  )
}
