'use client'

import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import { formatCount } from '@/ui/format/number'
import { cn } from '@/ui/kit/cn'
import { Segmented } from '@/ui/kit/segmented'
import { Board } from '@/ui/panels/board/board'
import { useTRPC } from '@/ui/trpc/client'
import type { ProjectPlace } from './project-screen'
import { RunList } from './run-list'
import { RunListSkeleton } from './run-list-skeleton'
import { RunRows } from './run-rows'
import { onlyThese, toggleEye } from './shown-runs'
import { SplitView } from './split-view'
import { useBoardRuns } from './use-board-runs'
import { useProjectView } from './use-project-view'
import { useRuns } from './use-runs'

const MORE = 20

export type ProjectSplitProps = { place: ProjectPlace; name: string; total: number; listWidth: number }

/** Runs at the left, their curves at the right; eyes and filter drive both. */
export function ProjectSplit({ place, name, total, listWidth }: ProjectSplitProps) {
  const trpc = useTRPC()
  const view = useProjectView()
  const [near, setNear] = useState<string | null>(null)
  const q = useDeferredValue(view.q)
  const { runs, key, query } = useRuns(place, { q, key: view.key })
  const { ids, shown, onBoard } = useBoardRuns(runs, view)
  const numbers = onBoard.map(run => run.run)
  const { data: keys = [] } = useQuery({
    ...trpc.metrics.keys.queryOptions({ runs: numbers }),
    enabled: numbers.length > 0,
  })
  const names = useMemo(() => keys.filter(each => each.kind === 'user').map(each => each.key), [keys])
  return (
    <>
      <h1 className="sr-only">{name}</h1>
      <div className="flex h-(--subbar) shrink-0 items-center border-line border-b bg-surface px-3 md:hidden">
        <Segmented
          label="In view"
          value={view.pane}
          onChange={view.setPane}
          options={[
            { value: 'charts', label: 'Charts' },
            { value: 'runs', label: `Runs ${formatCount(total)}` },
          ]}
        />
      </div>
      <SplitView
        width={listWidth}
        list={
          runs ? (
            <RunList
              total={q.trim() ? `${ids.length}${query.hasNextPage ? '+' : ''} of ${count(total)}` : count(total)}
              shown={onBoard.length}
              hidden={ids.length - onBoard.length}
              filter={view.q}
              onFilter={view.setFilter}
              numberKey={key}
              statistic={runs.find(run => run.number)?.number?.statistic ?? 'last'}
              keys={names}
              onNumberKey={view.setKey}
              onShowMore={onBoard.length < MORE ? () => view.setEyes(onlyThese(ids, ids.slice(0, MORE))) : undefined}
              onLoadMore={query.hasNextPage ? () => query.fetchNextPage() : undefined}
              className={cn(view.pane !== 'runs' && 'max-md:hidden')}
            >
              <RunRows
                place={place}
                runs={runs}
                shown={shown}
                numberKey={key}
                near={near}
                onNear={setNear}
                onToggle={id => view.setEyes(toggleEye(ids, view, id))}
              />
            </RunList>
          ) : (
            <RunListSkeleton />
          )
        }
        board={
          <Board
            place={place}
            runs={onBoard}
            near={near}
            label={keys =>
              `${keys === 1 ? '1 key' : `${formatCount(keys)} keys`}, ${onBoard.length} of ${count(total)}`
            }
            className={cn(view.pane !== 'charts' && 'max-md:hidden')}
          />
        }
      />
    </>
  )
}

const count = (total: number) => (total === 1 ? '1 run' : `${formatCount(total)} runs`)
