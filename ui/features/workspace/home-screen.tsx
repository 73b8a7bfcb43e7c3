'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { useLiveProjects } from '@/ui/panels/use-live-projects'
import { useTRPC } from '@/ui/trpc/client'
import { NewProjectDialog } from './new-project-dialog'
import { ProjectTable } from './project-table'
import { RunTable } from './run-table'

const SHOWN = 8

export type HomeScreenProps = {
  workspace: string
  /** What to show while the workspace has no run. */
  welcome: ReactNode
}

/** Who trains now, which runs came last, which projects there are. */
export function HomeScreen({ workspace, welcome }: HomeScreenProps) {
  const trpc = useTRPC()
  const { data: training } = useSuspenseQuery(trpc.runs.latest.queryOptions({ workspace, state: 'running', limit: 50 }))
  const { data: latest } = useSuspenseQuery(trpc.runs.latest.queryOptions({ workspace, limit: 10 }))
  const { data: projects } = useSuspenseQuery(trpc.projects.list.queryOptions({ workspace }))
  const { data: place } = useSuspenseQuery(trpc.workspaces.get.queryOptions({ workspace }))
  useLiveProjects(projects.map(project => project.id))
  const [began] = useState(latest.length)
  if (began === 0) return welcome
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 pt-6 pb-12 max-md:px-4">
      <div className="mx-auto flex max-w-[1080px] flex-col gap-8">
        <header className="flex items-center gap-3">
          <h1 className="t-page min-w-0 flex-1 truncate">{place.name}</h1>
          {place.may.includes('project.create') ? <NewProjectDialog workspace={workspace} /> : null}
        </header>
        <Section title="Training now" count={training.length}>
          {training.length > 0 ? (
            <RunTable workspace={workspace} runs={training} />
          ) : (
            <p className="t-small text-ink-3">Nothing trains at the moment.</p>
          )}
        </Section>
        <Section title="Latest runs" count={latest.length}>
          <RunTable workspace={workspace} runs={latest} />
        </Section>
        <Section
          title="Projects"
          count={projects.length}
          action={
            projects.length > SHOWN ? (
              <Link href={`/${workspace}/-/projects`} className="t-small text-accent hover:underline">
                All projects
              </Link>
            ) : undefined
          }
        >
          <ProjectTable workspace={workspace} projects={projects.slice(0, SHOWN)} />
        </Section>
      </div>
    </div>
  )
}

function Section(props: { title: string; count: number; action?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={props.title}>
      <header className="mb-2 flex h-7 items-center gap-2">
        <h2 className="t-title">{props.title}</h2>
        <span className="t-small text-ink-3">{props.count}</span>
        <span className="flex-1" />
        {props.action}
      </header>
      {props.children}
    </section>
  )
}
