import { Skeleton } from '@/ui/kit/skeleton'

const WIDTHS = ['w-40', 'w-32', 'w-36', 'w-28', 'w-40', 'w-32', 'w-24', 'w-36']

/** The run list before its runs are known, in its final size. */
export function RunListSkeleton() {
  return (
    <div aria-hidden className="flex w-(--runlist) shrink-0 flex-col bg-surface max-md:w-full max-md:flex-1">
      <div className="h-(--subbar) shrink-0 border-line border-b" />
      <div className="h-(--row-small) shrink-0 border-line-faint border-b" />
      {WIDTHS.map((width, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bones have no identity
        <div key={at} className="flex h-(--row) items-center gap-2 px-3">
          <Skeleton className="size-3.5" />
          <Skeleton className="size-2.5" />
          <Skeleton className={width} />
          <span className="flex-1" />
          <Skeleton className="w-9" />
        </div>
      ))}
    </div>
  )
}
