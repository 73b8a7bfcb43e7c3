import { BoardSkeleton } from '@/ui/panels/board/board-skeleton'

/** A tab of a run on its way. */
export function TabSkeleton() {
  return (
    <div className="min-h-0 flex-1 overflow-hidden">
      <div className="h-(--subbar) border-line border-b bg-surface" />
      <div className="px-4 max-md:px-3">
        <BoardSkeleton />
      </div>
    </div>
  )
}
