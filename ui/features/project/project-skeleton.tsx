import { BoardSkeleton } from '@/ui/panels/board/board-skeleton'
import { RunListSkeleton } from './run-list-skeleton'

/** A project before anything of it is known, in its final sizes. */
export function ProjectSkeleton() {
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex max-md:hidden">
        <RunListSkeleton />
      </div>
      <div aria-hidden className="w-px bg-line max-md:hidden" />
      <div className="min-w-0 flex-1 overflow-hidden">
        <div className="h-(--subbar) border-line border-b bg-surface" />
        <div className="px-4 max-md:px-3">
          <BoardSkeleton />
        </div>
      </div>
    </div>
  )
}
