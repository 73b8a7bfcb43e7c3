import { Skeleton } from '@/ui/kit/skeleton'

/** The plot before its first reading: axis and three grid lines in their places. */
export function PlotSkeleton() {
  return (
    <div aria-hidden className="flex flex-1 flex-col justify-between px-3 pt-1 pb-5">
      {[0, 1, 2].map(row => (
        <span key={row} className="flex items-center gap-2">
          <Skeleton className="w-5" />
          <i className="h-px flex-1 bg-line-faint" />
        </span>
      ))}
    </div>
  )
}
