'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { XKind } from '@/ui/charts/line'
import { cn } from '@/ui/kit/cn'
import { ErrorState } from '@/ui/kit/error-state'
import { type AnnotatedPlace, useAnnotations } from '@/ui/panels/annotations/use-annotations'
import type { Drawing } from '@/ui/panels/line/drawing'
import { askedOf } from '@/ui/panels/line/use-panel-lines'
import { LinePanel } from '@/ui/panels/line-panel'
import type { PanelRun } from '@/ui/panels/panel-run'
import { useTRPC } from '@/ui/trpc/client'
import { requestIdOf } from '@/ui/trpc/error'
import { BoardEmpty } from './board-empty'
import { BoardSection } from './board-section'
import { BoardSkeleton } from './board-skeleton'
import { BoardToolbar } from './board-toolbar'
import { FirstQuestions } from './first-questions'
import { groupKeys, type KeyGroup } from './group-keys'
import { PanelPlace } from './panel-place'
import { type Said, saidOf } from './said'
import { type BoardView, useBoardView } from './use-board-view'
import { useNarrow } from './use-narrow'
import { useNewKeys } from './use-new-keys'

export type BoardProps = {
  /** The project whose annotations are drawn. */
  place: AnnotatedPlace
  /** The runs drawn, in the order of their list; a stable array while they are the same. */
  runs: readonly PanelRun[]
  /** The run that is pointed at elsewhere. */
  near?: string | null
  /** What the toolbar says of what is drawn. */
  label: (keys: number) => string
  telemetry?: boolean
  className?: string
}

/** Panels that a large screen shows at once: these are there from the first picture on. */
const A_SCREEN = 12

/** All keys of some runs, a panel each, in sections by the first part of their names. */
export function Board({ place, runs, near = null, label, telemetry = true, className }: BoardProps) {
  const trpc = useTRPC()
  const view = useBoardView()
  const annotations = useAnnotations(place)
  const narrow = useNarrow()
  const numbers = useMemo(() => runs.map(run => run.run), [runs])
  const { data, error, refetch } = useQuery({
    ...trpc.metrics.keys.queryOptions({ runs: numbers }),
    placeholderData: keepPreviousData,
    enabled: numbers.length > 0,
  })
  useNewKeys(numbers, data)
  const drawn = useMemo(
    () => data?.filter(each => (telemetry || each.kind === 'user') && !each.definition?.hidden) ?? [],
    [data, telemetry],
  )
  const said = useMemo(() => saidOf(data ?? []), [data])
  const names = useMemo(() => [...new Set(drawn.map(each => each.key))], [drawn])
  const groups = useMemo(() => groupKeys(drawn.map(each => each.key)), [drawn])
  const first = useMemo(() => new Set(groups.flatMap(group => group.keys).slice(0, A_SCREEN)), [groups])
  const windowOf = (name: string, key: string) => view.zoom[zoomOf(view, name, key, said.get(key))] ?? null
  const firstQuestions = () =>
    groups.flatMap(({ name, keys }) =>
      keys.flatMap(key => {
        const drawing = drawingOf(view, name, key, said.get(key))
        if (name === 'system' || !first.has(key) || drawing.x === 'value' || drawing.xScale !== 'linear') return []
        return { metric: key, question: askedOf(key, runs, drawing, windowOf(name, key)) }
      }),
    )
  return (
    <section aria-label="Board" className={cn('flex min-h-0 min-w-0 flex-1 flex-col', className)}>
      <BoardToolbar view={view}>{data ? label(count(groups)) : null}</BoardToolbar>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-6 max-md:px-3">
        {runs.length > 0 && error && !data ? (
          <ErrorState title="The keys could not be read" requestId={requestIdOf(error)} onRetry={() => refetch()}>
            {error.message}
          </ErrorState>
        ) : runs.length > 0 && !data ? (
          <BoardSkeleton />
        ) : runs.length === 0 || groups.length === 0 ? (
          <BoardEmpty runs={runs} />
        ) : (
          groups.map(({ name, keys }) => (
            <BoardSection key={name} name={name} count={keys.length} open={name !== 'system'}>
              {keys.map(key => (
                <PanelPlace key={key} title={key} filled={first.has(key)}>
                  <LinePanel
                    metric={key}
                    runs={runs}
                    drawing={drawingOf(view, name, key, said.get(key))}
                    settings={{
                      own: view.draw[key] !== undefined,
                      keys: names,
                      change: change => view.setDrawing(key, change, underOf(view, name, said.get(key))),
                      everywhere: () => view.drawAllLike(key),
                      reset: () => view.resetDrawing(key),
                    }}
                    goal={said.get(key)?.goal}
                    telemetry={name === 'system'}
                    annotations={annotations}
                    focus={near}
                    window={windowOf(name, key)}
                    onWindow={window => view.setZoom(zoomOf(view, name, key, said.get(key)), window)}
                    phone={narrow}
                  />
                </PanelPlace>
              ))}
            </BoardSection>
          ))
        )}
      </div>
      <FirstQuestions panels={firstQuestions} />
    </section>
  )
}

const count = (groups: readonly KeyGroup[]) => groups.reduce((sum, group) => sum + group.keys.length, 0)

function drawingOf(view: BoardView, section: string, key: string, said: Said | undefined): Drawing {
  return { ...underOf(view, section, said), ...view.draw[key] }
}

/** How a panel is drawn without settings of its own: where the board counts steps, by what user code said that x shows. */
function underOf({ drawing }: BoardView, section: string, said: Said | undefined): Drawing {
  if (drawing.x === 'step' && said?.x) return { ...drawing, ...said.x }
  return { ...drawing, x: xOf(section, drawing.x) }
}

/** Telemetry counts no steps. */
const xOf = (section: string, x: XKind): XKind => (section === 'system' && x === 'step' ? 'relative' : x)

/** Under which name a panel's window is kept: all together where they are linked and show the same x. */
const zoomOf = (view: BoardView, section: string, key: string, said: Said | undefined) =>
  view.link && drawingOf(view, section, key, said).x === view.drawing.x ? '' : key
