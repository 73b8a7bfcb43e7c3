import { Skeleton } from '@/ui/kit/skeleton'
import { PlotSkeleton } from '@/ui/panels/plot-skeleton'

/** A board before its keys are known, in its final sizes. */
export function BoardSkeleton() {
  return (
    <div aria-hidden>
      <div className="flex h-9 items-center">
        <Skeleton className="w-24" />
      </div>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,292px),1fr))] gap-(--panel-gap)">
        {[0, 1, 2, 3, 4, 5].map(at => (
          <div key={at} className="flex h-(--panel-h) flex-col rounded-lg border border-line bg-surface">
            <div className="flex h-8 items-center px-3">
              <Skeleton className="w-20" />
            </div>
            <PlotSkeleton />
            <div className="h-6" />
          </div>
        ))}
      </div>
    </div>
  )
}
