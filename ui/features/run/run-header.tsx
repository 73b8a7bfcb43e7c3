'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { Activity, Clock, Cpu, GitCommitHorizontal, Server, UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { runColor } from '@/ui/charts/line'
import { TimeAgo } from '@/ui/format/time-ago'
import { cn } from '@/ui/kit/cn'
import { Swatch } from '@/ui/kit/swatch'
import { useTRPC } from '@/ui/trpc/client'
import { EditableTitle } from './editable-title'
import { accelerators, commitOf, hostsOf } from './environment'
import { Receipt } from './receipt'
import { RunTabs } from './run-tabs'
import { StatePill } from './state-pill'
import { StopButton } from './stop-button'
import { TagList } from './tag-list'
import { useEditRun } from './use-edit-run'

export type RunPlace = { workspace: string; project: string; run: string }

/** What holds on every tab of a run: its name, state, machine, tags and receipt. */
export function RunHeader({ place }: { place: RunPlace }) {
  const trpc = useTRPC()
  const { data: run } = useSuspenseQuery(trpc.runs.get.queryOptions(place))
  const edit = useEditRun(place)
  const editable = run.may.includes('run.edit')
  const hosts = hostsOf(run)
  const chips = accelerators(run.environment)
  const commit = commitOf(run.environment)
  const writers = run.writers.filter(writer => writer.kind === 'user').length
  return (
    <header className="shrink-0 border-line border-b bg-surface px-4 pt-2.5">
      <div className="flex min-h-8 flex-wrap items-center gap-x-2.5 gap-y-1">
        <Swatch color={runColor(run.ordinal)} className="size-3" title="Colour of this run, everywhere" />
        <EditableTitle value={run.name} editable={editable} onSave={name => edit({ name })} />
        <span aria-hidden className="h-0 basis-full md:hidden" />
        <StatePill run={run} />
        <span className="flex-1" />
        {run.state === 'running' && run.may.includes('run.stop') ? (
          <StopButton place={place} asked={run.stopAsked !== null} />
        ) : null}
      </div>
      <div className="t-small flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 py-1.5 text-ink-2">
        {run.createdBy ? <Meta icon={<UserRound aria-hidden />}>{run.createdBy.name}</Meta> : null}
        <Meta icon={<Clock aria-hidden />}>
          started <TimeAgo at={run.startedAt.getTime()} />
        </Meta>
        {hosts.length > 0 ? (
          <Meta wide icon={<Server aria-hidden />}>
            {hosts.join(', ')}
          </Meta>
        ) : null}
        {chips ? (
          <Meta wide icon={<Cpu aria-hidden />}>
            {chips}
          </Meta>
        ) : null}
        <Meta wide icon={<Activity aria-hidden />}>
          {writers === 1 ? '1 writer' : `${writers} writers`}
        </Meta>
        {commit ? (
          <Meta wide icon={<GitCommitHorizontal aria-hidden />}>
            <code title={commit.full}>{commit.short}</code>
            {commit.changed}
          </Meta>
        ) : null}
        <TagList tags={run.tags} editable={editable} onChange={tags => edit({ tags })} />
        <span className="flex-1" />
        <Receipt receipt={run.receipt} writers={run.writers} />
      </div>
      <RunTabs place={place} />
    </header>
  )
}

/** `wide`: told by the overview too, so a narrow screen leaves it out here. */
function Meta({ icon, wide, children }: { icon: ReactNode; wide?: boolean; children: ReactNode }) {
  return (
    <span
      className={cn(
        'inline-flex min-w-0 items-center gap-1.5 whitespace-nowrap [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-ink-3',
        wide && 'max-md:hidden',
      )}
    >
      {icon}
      {children}
    </span>
  )
}
